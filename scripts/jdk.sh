# Finds a JDK and knows which flags each version takes. Sourced by ./kass, ./check and scripts/*.
#
# Almost nothing here starts a process: the launcher's own time is part of every `kass --version`.
# So results come back in variables instead of $(...), which forks. Works in bash 3.2.
# shellcheck shell=bash disable=SC2034

# Reads <home>/release. Sets KASS_MAJOR (0 when it is no JDK) and KASS_VERSION.
kass_read_release() {
  local line
  KASS_MAJOR=0
  KASS_VERSION=
  [[ -x $1/bin/java && -r $1/release ]] || return 1
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line == JAVA_VERSION=* ]]; then
      KASS_VERSION=${line#JAVA_VERSION=}
      KASS_VERSION=${KASS_VERSION//[\"$'\r']/}
      break
    fi
  done < "$1/release"
  KASS_MAJOR=${KASS_VERSION%%[!0-9]*}
  # Before 9 it was 1.8.0, and a release file may lack the line.
  [[ ${KASS_MAJOR:-1} != 1 ]] || KASS_MAJOR=8
}

# kass_find_jdk [javac]: the best JDK of this machine: 25 before anything newer, else the newest, 21
# at least. With "javac" only those which can compile. KASS_JAVA_HOME overrules.
# Sets KASS_FOUND_HOME, KASS_FOUND_MAJOR and KASS_FOUND_VERSION; returns 1 when there is none.
kass_find_jdk() {
  local home rank best=0 root=${KASS_SYSTEM_ROOT:-} mine=${HOME:-/nowhere}
  KASS_FOUND_HOME=
  KASS_FOUND_MAJOR=0
  KASS_FOUND_VERSION=
  if [[ -n ${KASS_JAVA_HOME:-} ]]; then
    kass_consider_jdk "$KASS_JAVA_HOME" "$@"
    return
  fi
  # JAVA_HOME comes first, so that of two equals it is the one. A pattern that matches nothing stays
  # a pattern, and is no JDK.
  for home in "${JAVA_HOME:-/nowhere}" \
    "$root"/usr/lib/jvm/* "$root"/usr/java/* "$root"/opt/java/* "$root"/opt/*jdk* \
    "$mine"/.sdkman/candidates/java/* "$mine"/.jdks/* "$mine"/.asdf/installs/java/* \
    "$mine"/.local/share/mise/installs/java/* \
    "$root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$mine"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    kass_consider_jdk "$home" "$@"
  done
  if [[ -z $KASS_FOUND_HOME ]] && home=$(type -P java); then
    home=$(readlink -f "$home" 2> /dev/null) && kass_consider_jdk "${home%/bin/java}" "$@"
  fi
  [[ -n $KASS_FOUND_HOME ]]
}

# Takes <home> when it is better than what was found so far. Uses `best` of its caller.
kass_consider_jdk() {
  local rank
  kass_read_release "$1" && [[ $KASS_MAJOR -ge 21 ]] || return 1
  [[ ${2:-} != javac || -x $1/bin/javac ]] || return 1
  rank=$KASS_MAJOR
  [[ $rank != 25 ]] || rank=1000
  [[ $rank -gt $best ]] || return 0
  best=$rank
  KASS_FOUND_HOME=$1
  KASS_FOUND_MAJOR=$KASS_MAJOR
  KASS_FOUND_VERSION=$KASS_VERSION
}

# kass_java_flags <major> <distribution> [command]: sets the array KASS_FLAGS. Java refuses to start on
# a flag that it does not know, so each one is given only to the versions that have it.
kass_java_flags() {
  local major=$1 distribution=$2 command=${3:-}
  KASS_FLAGS=(
    # Warnings of the JVM go to stdout, where the answer belongs. Above all: a class cache that does
    # not fit is no news to the user.
    -Xlog:disable
    # ONNX Runtime, the tokenizer and SQLite are native code.
    --enable-native-access=ALL-UNNAMED
    # Guice generates no classes, so it needs no sun.misc.Unsafe and the class cache holds it all.
    -Dguice_bytecode_gen_option=DISABLED
    # The model and the native libraries, unpacked and ready to load.
    "-Dkass.assets=$distribution/assets"
  )
  # Commands that are over in a moment never earn back what the optimising compiler costs them (a
  # tenth of their time and more). Commands which are not named here run as Java thinks best.
  case $command in
    '' | -* | help | ask | chat | search | status | doctor | config | completion)
      KASS_FLAGS+=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)
      ;;
  esac
  if [[ $major -ge 24 ]]; then
    KASS_FLAGS+=(--sun-misc-unsafe-memory-access=allow)
  fi
  if [[ $major -ge 25 && -f $distribution/kass.aot ]]; then
    KASS_FLAGS+=("-XX:AOTCache=$distribution/kass.aot")
  elif [[ $major -lt 25 && -f $distribution/kass.jsa ]]; then
    KASS_FLAGS+=("-XX:SharedArchiveFile=$distribution/kass.jsa")
  fi
}

# Sets the array KASS_TERMINALS to what Java cannot find out: which streams are terminals, and how wide
# they are. Bash asks the terminal behind stderr when a subshell has ended, so that one is lent to it.
kass_find_terminals() {
  local terminals='' COLUMNS=${COLUMNS:-} LINES=${LINES:-}
  [[ ! -t 0 ]] || terminals+=0
  [[ ! -t 1 ]] || terminals+=1
  [[ ! -t 2 ]] || terminals+=2
  KASS_TERMINALS=("-Dkass.terminals=$terminals")
  if [[ $terminals == *[12] && -z $COLUMNS ]]; then
    shopt -s checkwinsize
    if [[ -t 2 ]]; then
      (:)
    else
      { (:); } 2>&1
    fi
    shopt -u checkwinsize
    [[ -z $COLUMNS ]] || KASS_TERMINALS+=("-Dkass.columns=$COLUMNS")
  fi
}

# A shell without a UTF-8 locale would make Java garble file names and output that are not ASCII.
# Only "C" is replaced: a locale that someone chose is left alone.
kass_use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    '' | C | POSIX)
      if [[ -n ${LC_ALL:-} ]]; then
        export LC_ALL=C.UTF-8
      else
        export LC_CTYPE=C.UTF-8
      fi
      ;;
  esac
}

# Becomes Maven, on the JDK that kass_find_jdk chose.
kass_exec_maven() {
  if ! type -P mvn > /dev/null; then
    echo "kass: Maven was not found. Install it (3.8 or newer) and put mvn on the PATH." >&2
    exit 3
  fi
  export JAVA_HOME=$KASS_FOUND_HOME
  export MAVEN_OPTS="${MAVEN_OPTS:-} -XX:+UseSerialGC"
  if [[ $KASS_FOUND_MAJOR -ge 24 ]]; then
    # Maven's own libraries are older than the JDK's warnings about them.
    MAVEN_OPTS+=" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
  fi
  exec mvn "$@"
}

kass_no_jdk() {
  if [[ -n ${KASS_JAVA_HOME:-} ]]; then
    echo "kass: KASS_JAVA_HOME=$KASS_JAVA_HOME is no JDK of version 21 or newer." >&2
  else
    echo "kass: no JDK of version 21 or newer was found (25 is best)." >&2
    echo "Install one, or set KASS_JAVA_HOME to its folder." >&2
  fi
}
