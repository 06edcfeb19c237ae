#!/usr/bin/env bash
# prepare.sh <distribution> <java home> <major>: what is done once, when KASS is built, so that it
# need not be done at every start. ./kass calls it with the jars already in <distribution>/lib.
set -euo pipefail
distribution=$1
java_home=$2
major=$3
here=$(CDPATH='' cd -P -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../../../scripts/jdk.sh"

mkdir -p "$distribution/natives" "$distribution/models"

# The training run: Java remembers the classes that it loads, their linked form and their hot
# methods. The commands are in training.txt.
train() {
  local home="$distribution/training"
  mkdir -p "$home"
  kass_java_flags "$major" "$distribution"
  "$java_home/bin/java" "${KASS_FLAGS[@]}" "$1" -cp "$distribution/lib/kass.jar" \
    io.kass.cli.Training "$here/training.txt" "$here/sample" "$home"
  rm -rf "$home"
}

if [[ $major -ge 24 ]]; then
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 "$here/Modernize.java" "$distribution/lib"
fi
if [[ $major -ge 25 ]]; then
  train "-XX:AOTCacheOutput=$distribution/kass.aot"
else
  train "-XX:ArchiveClassesAtExit=$distribution/kass.jsa"
fi
