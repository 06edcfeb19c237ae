package io.kass.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real {@code kass} script in a checkout of its own, with a Java and a Maven that only say what
 * they were asked to do.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "date",
          "dirname",
          "env",
          "find",
          "flock",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sleep",
          "tail",
          "touch");

  @TempDir Path temporary;
  private Path checkout;
  private Path bin;
  private Path builds;

  @BeforeEach
  void checkOut() throws IOException {
    temporary = temporary.toRealPath();
    checkout = temporary.resolve("my kass & 質問");
    for (String file :
        List.of(
            "kass",
            "scripts/jdk.sh",
            "entrypoints-cli/src/main/dist/prepare.sh",
            "entrypoints-cli/src/main/dist/training.txt")) {
      Files.createDirectories(checkout.resolve(file).getParent());
      Files.copy(REPOSITORY.resolve(file), checkout.resolve(file));
    }
    for (String file :
        List.of(
            "pom.xml",
            "core/pom.xml",
            "core/src/main/Core.java",
            "entrypoints-cli/pom.xml",
            "archtests/pom.xml",
            "archtests/src/main/Rules.java")) {
      Files.createDirectories(checkout.resolve(file).getParent());
      Files.writeString(checkout.resolve(file), "");
    }
    bin = Files.createDirectories(temporary.resolve("bin"));
    for (String tool : TOOLS) {
      for (String folder : System.getenv("PATH").split(":", -1)) {
        Path found = Path.of(folder, tool);
        if (Files.isExecutable(found) && !Files.exists(bin.resolve(tool))) {
          program(bin.resolve(tool), "exec " + found + " \"$@\"\n");
        }
      }
    }
    builds = temporary.resolve("builds");
    program(
        bin.resolve("mvn"),
        """
        echo "$JAVA_HOME" >> "$BUILDS"
        for argument in "$@"; do
          case $argument in
            -Ddist=*) target=${argument#-Ddist=}/kass-entrypoints-cli ;;
          esac
        done
        sleep "${MAVEN_TAKES:-0}"
        if [ -n "${MAVEN_FAILS:-}" ]; then
          echo "[ERROR] $MAVEN_FAILS"
          exit 1
        fi
        mkdir -p "$target"
        echo jar > "$target/kass.jar"
        """);
  }

  @ParameterizedTest
  @CsvSource({"21,false,false", "23,false,false", "24,true,false", "25,true,true", "26,true,true"})
  void givesEachVersionOnlyTheFlagsThatItKnows(int major, boolean allowsUnsafe, boolean aot)
      throws Exception {
    Path distribution = Files.createDirectories(temporary.resolve("a distribution"));
    Files.createFile(distribution.resolve("kass.aot"));
    Files.createFile(distribution.resolve("kass.jsa"));

    List<String> flags = flags(major, distribution);

    assertThat(flags).contains("--enable-native-access=ALL-UNNAMED");
    assertThat(flags.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(allowsUnsafe);
    assertThat(flags.contains("-XX:AOTCache=" + distribution + "/kass.aot")).isEqualTo(aot);
    assertThat(flags.contains("-XX:SharedArchiveFile=" + distribution + "/kass.jsa"))
        .isEqualTo(!aot);
  }

  @Test
  void asksForNoCacheThatIsNotThere() throws Exception {
    assertThat(flags(25, temporary)).noneMatch(flag -> flag.contains("AOTCache"));
    assertThat(flags(21, temporary)).noneMatch(flag -> flag.contains("SharedArchiveFile"));
  }

  @ParameterizedTest
  @CsvSource({
    "--version,true",
    "ask,true",
    "chat,true",
    "completion,true",
    "'',true",
    "serve,false",
    "unheard-of,false"
  })
  void optimisesOnlyWhatRunsLong(String command, boolean brief) throws Exception {
    jdk("usr/lib/jvm/jdk", "25");

    assertThat(run(command).arguments().contains("-XX:TieredStopAtLevel=1")).isEqualTo(brief);
  }

  @Test
  void realJavaTakesTheFlagsAndSaysNothing() throws Exception {
    int major = Runtime.version().feature();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path distribution = Files.createDirectories(temporary.resolve("stale"));
    Files.writeString(distribution.resolve("kass.aot"), "no cache at all");
    Files.writeString(distribution.resolve("kass.jsa"), "no cache at all");
    command.addAll(flags(major, distribution));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.kass.cli.Main"));
    command.add("--version");

    Result result = finish(new ProcessBuilder(command).redirectErrorStream(true).start());

    assertThat(result.out()).isEqualTo(Version.line() + "\n");
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'17 21 26',26",
    "'21 25 26',25",
    "'17 21.0.2 22-ea',22-ea",
    "'1.8.0_402 21',21",
    "'25 25.0.3',25"
  })
  void choosesTheBestJdk(String installed, String chosen) throws Exception {
    for (String version : installed.split(" ", -1)) {
      jdk("usr/lib/jvm/jdk-" + version, version);
    }

    assertThat(run("--version").javaHome()).endsWith("/usr/lib/jvm/jdk-" + chosen);
  }

  @Test
  void ofTwoEqualsTakesJavaHome() throws Exception {
    jdk("usr/lib/jvm/a", "25");
    Path mine = jdk("home/mine", "25.0.1");

    assertThat(run(Map.of("JAVA_HOME", mine.toString()), "x").javaHome())
        .isEqualTo(mine.toString());
  }

  @Test
  void buildsWithACompilerEvenWhereARuntimeIsNewer() throws Exception {
    Files.delete(jdk("usr/lib/jvm/runtime", "25").resolve("bin/javac"));
    jdk("usr/lib/jvm/jdk", "21");

    assertThat(run("x").javaHome()).endsWith("/jdk");
  }

  @Test
  void kassJavaHomeOverrules() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    Path mine = jdk("home/mine", "21");

    assertThat(run(Map.of("KASS_JAVA_HOME", mine.toString()), "x").javaHome())
        .isEqualTo(mine.toString());
    assertThat(run("x").javaHome()).isEqualTo(mine.toString());
  }

  @Test
  void saysWhatIsMissingWithoutAJdk() throws Exception {
    Path old = jdk("usr/lib/jvm/old", "17.0.15");

    Result result = run("x");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("no JDK of version 21 or newer");

    Result chosen = run(Map.of("KASS_JAVA_HOME", old.toString()), "x");
    assertThat(chosen.exitCode()).isEqualTo(3);
    assertThat(chosen.err()).contains("KASS_JAVA_HOME=" + old);
  }

  @Test
  void passesArgumentsAndTheExitCodeOn() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    run("x");

    Result result = run(Map.of("JAVA_EXITS", "5"), "ask", "two words", "", "休暇は?", "*", "a\"b");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.arguments())
        .containsSequence("-jar", jar(), "ask", "two words", "", "休暇は?", "*", "a\"b")
        .endsWith("a\"b");
  }

  @Test
  void startsWithoutACacheWhereTheTrainingFails() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");

    assertThat(run(Map.of("JAVA_EXITS", "5"), "x").arguments())
        .contains(jar())
        .noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
    assertThat(run("x").arguments()).contains(jar());
  }

  @Test
  void becomesJavaSoThatSignalsReachIt() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    run("x");

    Process process = start(Map.of(), temporary, checkout.resolve("kass").toString(), "x");

    assertThat(finish(process).value("pid")).isEqualTo(Long.toString(process.pid()));
  }

  @Test
  void addsTheUsersOptions() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");

    assertThat(run(Map.of("KASS_JAVA_OPTS", "-Xmx2g -Dx=y"), "x").arguments())
        .containsSequence("-Xmx2g", "-Dx=y", "-jar");
  }

  @ParameterizedTest
  @CsvSource({
    "'',012,40",
    "2> /dev/null,01,40",
    "> /dev/null,02,40",
    "> /dev/null 2>&1,0,",
    "< /dev/null,12,40",
    "< /dev/null > /dev/null 2>&1,'',"
  })
  @EnabledOnOs(OS.LINUX)
  void tellsJavaWhichStreamsAreTerminalsAndHowWide(
      String redirected, String terminals, @Nullable String columns) throws Exception {
    Path seen = temporary.resolve("seen");
    jdk("usr/lib/jvm/jdk", "25", "printf '%s\\n' \"$@\" > '" + seen + "'\n");
    run("x");

    inTerminal("stty rows 24 columns 40; '" + checkout.resolve("kass") + "' x " + redirected);

    List<String> arguments = Files.readAllLines(seen);
    assertThat(arguments).contains("-Dkass.terminals=" + terminals);
    assertThat(arguments.stream().filter(argument -> argument.startsWith("-Dkass.columns=")))
        .containsExactlyElementsOf(
            columns == null ? List.of() : List.of("-Dkass.columns=" + columns));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesTheWidthThatTheUserChose() throws Exception {
    Path seen = temporary.resolve("seen");
    jdk("usr/lib/jvm/jdk", "25", "echo \"$COLUMNS $*\" > '" + seen + "'\n");
    run("x");

    inTerminal("stty rows 24 columns 40; COLUMNS=70 '" + checkout.resolve("kass") + "' x");

    assertThat(Files.readString(seen)).startsWith("70 ").doesNotContain("-Dkass.columns");
  }

  @Test
  void worksThroughLinksFromAnywhere() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    Path elsewhere = Files.createDirectories(temporary.resolve("else where"));
    Files.createSymbolicLink(elsewhere.resolve("first"), checkout.resolve("kass"));
    Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("first"));

    Result result = finish(start(Map.of(), elsewhere, "./second", "x"));

    assertThat(result.arguments()).contains(jar());
    assertThat(result.value("pwd")).isEqualTo(elsewhere.toString());
    assertThat(finish(start(Map.of(), checkout, "bash", "kass", "x")).arguments()).contains(jar());
    assertThat(builds()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "ja_JP.UTF-8"})
  void givesJavaALocaleThatCanWriteFileNames(String locale) throws Exception {
    jdk("usr/lib/jvm/jdk", "25");

    String seen = run(Map.of("LC_ALL", locale, "LANG", ""), "x").value("locale");

    assertThat(seen).isEqualTo(locale.startsWith("ja") ? locale : "C.UTF-8");
  }

  @Test
  void buildsOnceAndAgainOnlyWhenSourcesChange() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");

    Result first = run("x");
    assertThat(first.err()).isEqualTo("Building KASS (first use, about a minute)…\n");
    assertThat(run("x").err()).isEmpty();
    assertThat(builds()).hasSize(1);

    Files.setLastModifiedTime(
        checkout.resolve("archtests/src/main/Rules.java"), soon(Duration.ofSeconds(5)));
    assertThat(run("x").err()).isEmpty();

    Files.setLastModifiedTime(
        checkout.resolve("core/src/main/Core.java"), soon(Duration.ofSeconds(5)));
    Result changed = run("x");
    assertThat(changed.err()).startsWith("Building KASS (its sources or the JDK changed)");
    assertThat(changed.arguments()).contains(jar());
    assertThat(builds()).hasSize(2);
  }

  @Test
  void sourcesFromTheFutureDoNotBuildForEver() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    Files.setLastModifiedTime(
        checkout.resolve("core/src/main/Core.java"), soon(Duration.ofDays(1)));
    run("x");

    assertThat(run("x").err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void buildsAgainForAnotherVersionOfTheJdk() throws Exception {
    Path home = jdk("usr/lib/jvm/jdk", "25.0.2");
    run("x");
    jdk("usr/lib/jvm/jdk", "25.0.3");

    assertThat(run("x").javaHome()).isEqualTo(home.toString());
    assertThat(builds()).hasSize(2);
  }

  @Test
  void keepsThePreviousBuildForThoseWhoStillRunIt() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    for (int i = 1; i <= 4; i++) {
      Files.setLastModifiedTime(checkout.resolve("pom.xml"), soon(Duration.ofMinutes(i)));
      run("x");
    }

    try (Stream<Path> files = Files.list(checkout.resolve("build/kass"))) {
      assertThat(files.filter(Files::isDirectory)).hasSize(2);
    }
  }

  @Test
  void showsTheEndOfTheLogWhenTheBuildFails() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");

    Result result = run(Map.of("MAVEN_FAILS", "no such artifact"), "x");

    assertThat(result.exitCode()).isEqualTo(70);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(checkout.resolve("build/kass/build.log").toString())
        .contains("[ERROR] no such artifact");
    assertThat(run("x").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoFirstRunsAtOnceBuildOnce(boolean flock) throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    if (!flock) {
      Files.deleteIfExists(bin.resolve("flock"));
    }
    Map<String, String> slow = Map.of("MAVEN_TAKES", "1");

    Process one = start(slow, temporary, checkout.resolve("kass").toString(), "x");
    Process two = start(slow, temporary, checkout.resolve("kass").toString(), "x");

    assertThat(finish(one).exitCode()).isZero();
    assertThat(finish(two).exitCode()).isZero();
    assertThat(builds()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void canBeKilledWhileItBuilds(boolean forcibly, boolean flock) throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    if (!flock) {
      Files.deleteIfExists(bin.resolve("flock"));
    }
    Process process =
        start(Map.of("MAVEN_TAKES", "5"), temporary, checkout.resolve("kass").toString(), "x");
    while (!Files.exists(builds)) {
      Thread.sleep(5);
    }
    if (forcibly) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    assertThat(process.waitFor(4, TimeUnit.SECONDS)).isTrue();

    Result result = run("x");

    assertThat(result.exitCode()).isZero();
    assertThat(result.arguments()).contains(jar());
    try (Stream<Path> files = Files.list(checkout.resolve("build/kass"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".work"));
    }
  }

  @Test
  void endsAsInterruptedWhenItIsInterruptedWhileItBuilds() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    // Java starts children that ignore what a terminal's Ctrl-C sends; those in a terminal do not.
    Process process =
        start(
            Map.of("MAVEN_TAKES", "5"),
            temporary,
            "/usr/bin/env",
            "--default-signal=INT",
            checkout.resolve("kass").toString(),
            "x");
    while (!Files.exists(builds)) {
      Thread.onSpinWait();
    }
    start(Map.of(), temporary, "/bin/sh", "-c", "kill -INT " + process.pid()).waitFor();

    Result result = finish(process);

    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.err()).contains("Building KASS").doesNotContain("failed");
    assertThat(run("x").arguments()).contains(jar());
  }

  private static FileTime soon(Duration ahead) {
    return FileTime.from(Instant.now().plus(ahead));
  }

  private List<String> flags(int major, Path distribution) throws Exception {
    Process process =
        start(
            Map.of(),
            temporary,
            "bash",
            "-c",
            ". \"$1\"; kass_java_flags \"$2\" \"$3\"; printf '%s\\n' \"${KASS_FLAGS[@]}\"",
            "bash",
            REPOSITORY.resolve("scripts/jdk.sh").toString(),
            Integer.toString(major),
            distribution.toString());
    return finish(process).out().lines().toList();
  }

  /** The jar of the build in use. */
  private String jar() throws IOException {
    Path folder = checkout.resolve("build/kass");
    String current = Files.readString(folder.resolve("current")).strip();
    return folder.resolve(current).resolve("lib/kass.jar").toString();
  }

  /** Whose Java each build ran on. */
  private List<String> builds() throws IOException {
    return Files.readAllLines(builds);
  }

  /** A JDK whose {@code java} prints its surroundings and then each argument on a line. */
  private Path jdk(String folder, String version) throws IOException {
    return jdk(folder, version, "");
  }

  private Path jdk(String folder, String version, String first) throws IOException {
    Path home = temporary.resolve(folder);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"x86_64\"\n");
    program(
        home.resolve("bin/java"),
        first
            + """
            for argument in "$@"; do
              case $argument in
                -XX:AOTCacheOutput=*) echo cache > "${argument#*=}" ;;
              esac
            done
            echo "home=%s"
            echo "locale=${LC_ALL:-$LC_CTYPE}"
            echo "pid=$$"
            echo "pwd=$PWD"
            printf '%%s\\n' "$@"
            exit "${JAVA_EXITS:-0}"
            """
                .formatted(home));
    program(home.resolve("bin/javac"), "");
    return home;
  }

  /** Runs a line of shell in a pseudo-terminal, as a user would type it. */
  private void inTerminal(String line) throws Exception {
    Process process =
        start(
            Map.of("SHELL", "/bin/sh", "PATH", bin + ":/usr/bin:/bin"),
            temporary,
            "script",
            "--quiet",
            "--return",
            "--command",
            line,
            "/dev/null");
    assertThat(finish(process).exitCode()).isZero();
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Result run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Result run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("kass").toString()));
    command.addAll(List.of(arguments));
    return finish(start(environment, temporary, command.toArray(new String[0])));
  }

  private Process start(Map<String, String> environment, Path folder, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("BUILDS", builds.toString());
    builder.environment().put("HOME", temporary.resolve("home").toString());
    builder.environment().put("KASS_SYSTEM_ROOT", temporary.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PATH", bin.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Result finish(Process process) throws Exception {
    process.getOutputStream().close();
    // What these programs say fits into a pipe, so one stream can wait for the other.
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out, err);
  }

  private record Result(int exitCode, String out, String err) {

    List<String> arguments() {
      return out.lines().toList();
    }

    String javaHome() {
      return value("home");
    }

    String value(String name) {
      return out.lines()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElseThrow(() -> new AssertionError("No " + name + " in " + this));
    }
  }
}
