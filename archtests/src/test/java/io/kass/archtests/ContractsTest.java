package io.kass.archtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every implementation of a port passes the port's contract. */
class ContractsTest {
  /**
   * Interfaces of ports that are no stores or services but callbacks, parts of another port or ways
   * in; what they promise is tested with what calls them.
   */
  private static final Set<String> WITHOUT_CONTRACT =
      Set.of(
          "AnswerListener",
          "Assistant",
          "BackendFactory",
          "BlockConsumer",
          "ChatListener",
          "Registration",
          "Replacement",
          "TokenCounter");

  @Test
  void everyPortHasAContract() {
    assertThat(portsWithoutContract()).isEmpty();
  }

  @Test
  void everyImplementationPassesItsContract() {
    assertThat(untested(ports(House.MAIN, "io.kass"), House.ALL)).isEmpty();
  }

  @Test
  void findsAnImplementationThatNoContractTests() {
    JavaClasses fixture = new ClassFileImporter().importPackages("fixtures.contracts");
    assertThat(untested(ports(fixture, "fixtures.contracts"), fixture))
        .containsExactly("fixtures.contracts.local.UntestedLamp implements Lamp");
  }

  private static Set<String> portsWithoutContract() {
    Set<String> names =
        House.ALL.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
    return ports(House.MAIN, "io.kass").stream()
        .map(JavaClass::getSimpleName)
        .filter(port -> !names.contains(port + "Contract"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A named implementation is tested when a subclass of its port's contract speaks of it. */
  private static List<String> untested(List<JavaClass> ports, JavaClasses classes) {
    var untested = new TreeSet<String>();
    for (JavaClass port : ports) {
      List<JavaClass> tests =
          classes.stream()
              .filter(type ->
                  type.getAllRawSuperclasses().stream()
                      .anyMatch(c -> c.getSimpleName().equals(port.getSimpleName() + "Contract")))
              .toList();
      for (JavaClass type : classes) {
        if (isNamedImplementation(type, port)
            && tests.stream().noneMatch(test -> speaksOf(test, type))) {
          untested.add(type.getName() + " implements " + port.getSimpleName());
        }
      }
    }
    return List.copyOf(untested);
  }

  private static List<JavaClass> ports(JavaClasses classes, String root) {
    return classes.stream()
        .filter(JavaClass::isInterface)
        .filter(type -> type.getPackageName().startsWith(root + ".ports"))
        .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .filter(type -> !isSealed(type))
        .filter(type -> !type.isAnnotation())
        .filter(type -> !WITHOUT_CONTRACT.contains(type.getSimpleName()))
        .toList();
  }

  /** All implementations of a sealed type are nested in it, or are values beside it. */
  private static boolean isSealed(JavaClass type) {
    return type.reflect().isSealed();
  }

  private static boolean isNamedImplementation(JavaClass type, JavaClass port) {
    return !type.isInterface()
        && !type.isAnonymousClass()
        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
        && !type.getPackageName().contains(".benchmarks")
        && type.isAssignableTo(port.getName());
  }

  private static boolean speaksOf(JavaClass test, JavaClass type) {
    String name = type.getSimpleName();
    return test.getSimpleName().startsWith(name)
        || test.getDirectDependenciesFromSelf().stream()
            .anyMatch(dependency -> dependency.getTargetClass().equals(type));
  }
}
