package io.kass.archtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/**
 * The rules, each for the packages under a root, so that a fixture house can be held to them too.
 */
final class Rules {
  private static final Set<String> CLOCK_READERS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.time.InstantSource.system",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.LocalTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.util.Date.<init>");

  private final String root;

  Rules(String root) {
    this.root = root;
  }

  /** Imports run one way: entry points → core → ports ← adapters; no class lives outside. */
  ArchRule layers() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .ensureAllClassesAreContainedInArchitecture()
        .layer("ports")
        .definedBy(root + ".ports..")
        .layer("core")
        .definedBy(root + ".core..")
        .layer("local")
        .definedBy(root + ".local..")
        .layer("aws")
        .definedBy(root + ".aws..")
        .layer("documents")
        .definedBy(root + ".documents..")
        .layer("devservices")
        .definedBy(root + ".devservices..")
        .layer("cli")
        .definedBy(root + ".cli..")
        .whereLayer("ports")
        .mayNotAccessAnyLayer()
        .whereLayer("core")
        .mayOnlyAccessLayers("ports")
        .whereLayer("local")
        .mayOnlyAccessLayers("ports")
        .whereLayer("aws")
        .mayOnlyAccessLayers("ports")
        .whereLayer("documents")
        .mayOnlyAccessLayers("ports")
        .whereLayer("devservices")
        .mayNotAccessAnyLayer()
        .whereLayer("devservices")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyAccessLayers("ports", "core", "local", "aws", "documents")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer();
  }

  /** Packages form no cycles. */
  ArchRule noCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  /** Ports know the JDK and JSpecify, core knows ports besides: no framework, no SDK. */
  ArchRule bareInside() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".ports..", root + ".core..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify..", root + ".ports..", root + ".core.."));
  }

  /** Core does no I/O: no files, sockets, databases or processes. Its own resources are no I/O. */
  ArchRule noInputOutputInCore() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".core..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "javax..")
                .or(
                    named(
                        "java.io.File",
                        "java.io.FileInputStream",
                        "java.io.FileOutputStream",
                        "java.io.FileReader",
                        "java.io.FileWriter",
                        "java.io.RandomAccessFile",
                        "java.lang.ProcessBuilder",
                        "java.lang.Runtime")));
  }

  /** Time comes from an InstantSource; only the composition root reads the clock. */
  ArchRule clockOnlyInItsRoom() {
    return noClasses()
        .that(outside(root + ".cli.Main"))
        .should()
        .accessTargetWhere(calls("reads the wall clock", CLOCK_READERS));
  }

  /**
   * Only the command ends the process; so does the one that reads documents for it, which is
   * another.
   */
  ArchRule exitOnlyInItsRoom() {
    return noClasses()
        .that(outside(root + ".cli.Main"))
        .and(outside(root + ".documents.guarded.GuardedProcess"))
        .should()
        .accessTargetWhere(
            calls(
                "ends the process",
                Set.of(
                    "java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt")));
  }

  /** Only the command reads the environment. */
  ArchRule environmentOnlyInItsRoom() {
    return noClasses()
        .that(outside(root + ".cli.Main"))
        .should()
        .accessTargetWhere(calls("reads the environment", Set.of("java.lang.System.getenv")));
  }

  /**
   * Adapters show their modules, settings and factories; the command shows its main class. What the
   * formats of documents share is public to them, in packages of its own, as is what the adapters
   * know of the disk, of HTTP, of SQL, of vectors and of the AWS SDK; and what the sub-packages of
   * the command show one another, nobody else can see ({@link #layers}).
   */
  ArchRule publicOnlyWhereMeant() {
    return classes()
        .that(
            resideInAnyPackage(
                    root + ".local..", root + ".aws..", root + ".documents..", root + ".cli")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            root + ".aws.sdk",
                            root + ".documents.format",
                            root + ".documents.guarded",
                            root + ".local.disk",
                            root + ".local.http",
                            root + ".local.sql",
                            root + ".local.vectors")))
                .and(new TopLevelPublic()))
        .should()
        .haveNameMatching(".*(Module|Config|Factory|Main|package-info)$");
  }

  /** Nothing prints or swallows behind the user's back. */
  ArchRule noStandardStreamsInside() {
    return noClasses()
        .that(
            resideInAPackage(root + "..")
                .and(DescribedPredicate.not(resideInAPackage(root + ".cli..")))
                // A script's own, which tells people what it started.
                .and(outside(root + ".devservices.LegacyUp")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace");
  }

  List<ArchRule> all() {
    return List.of(
        layers(),
        noCycles(),
        bareInside(),
        noInputOutputInCore(),
        clockOnlyInItsRoom(),
        exitOnlyInItsRoom(),
        environmentOnlyInItsRoom(),
        publicOnlyWhereMeant(),
        noStandardStreamsInside());
  }

  private static DescribedPredicate<JavaClass> outside(String room) {
    return DescribedPredicate.describe(
        "are not " + room, c -> !c.getName().equals(room) && !c.getName().startsWith(room + "$"));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    Set<String> wanted = Set.of(names);
    return DescribedPredicate.describe("one of " + wanted, c -> wanted.contains(c.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> calls(String what, Set<String> targets) {
    return DescribedPredicate.describe(
        what,
        access -> {
          AccessTarget target = access.getTarget();
          return targets.contains(target.getOwner().getName() + "." + target.getName());
        });
  }

  /** A public type that is not nested. */
  private static final class TopLevelPublic extends DescribedPredicate<JavaClass> {
    TopLevelPublic() {
      super("are public and top level");
    }

    @Override
    public boolean test(JavaClass type) {
      return type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC);
    }
  }
}
