package io.kass.archtests;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The classes of KASS, read once. */
final class House {
  /** What is shipped. */
  static final JavaClasses MAIN = read(location -> !isTest(location));

  /** What is shipped, and the tests of every module but this one. */
  static final JavaClasses ALL = read(location -> !location.contains("/archtests/"));

  private House() {}

  /** Classes that break rules on purpose; every rule must reject those made for it. */
  static JavaClasses fixture(String name) {
    JavaClasses classes = new ClassFileImporter().importPackages("fixtures." + name);
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("no fixture " + name);
    }
    return classes;
  }

  private static JavaClasses read(ImportOption option) {
    return new ClassFileImporter().withImportOption(option).importPackages("io.kass");
  }

  private static boolean isTest(Location location) {
    return location.contains("/test-classes/") || location.contains("-tests.jar");
  }
}
