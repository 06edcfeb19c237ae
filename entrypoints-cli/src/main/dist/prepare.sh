#!/usr/bin/env bash
# prepare.sh <distribution> <java home> <major>: what is done once, when KASS is built, so that it
# need not be done at every start. ./kass calls it with the jars already in <distribution>/lib.
set -euo pipefail
distribution=$1
java_home=$2
major=$3
here=$(CDPATH='' cd -P -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../../../scripts/jdk.sh"

# Old class files first: the cache takes no others.
if [[ $major -ge 24 ]]; then
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 "$here/Modernize.java" "$distribution/lib" ||
    echo "The old class files stay as they are."
fi

# The model and the native libraries, ready to load. What cannot be made now, the first use makes.
kass_java_flags "$major" "$distribution"
"$java_home/bin/java" "${KASS_FLAGS[@]}" -cp "$distribution/lib/kass.jar" \
  io.kass.cli.Preparation "$distribution/assets" ||
  echo "The embedding model could not be prepared: the first use of KASS will do it."

# The training run: Java remembers the classes that the commands of training.txt load, their linked
# form and which methods were hot. Without it everything works, only slower.
if [[ $major -ge 25 ]]; then
  cache=$distribution/kass.aot
  option=-XX:AOTCacheOutput=$cache
else
  cache=$distribution/kass.jsa
  option=-XX:ArchiveClassesAtExit=$cache
fi
mkdir -p "$distribution/training"
if ! "$java_home/bin/java" "${KASS_FLAGS[@]}" "$option" -cp "$distribution/lib/kass.jar" \
  io.kass.cli.Training "$here/training.txt" "$here/sample" "$distribution/training"; then
  echo "The training run failed: KASS will start without a class cache."
  rm -f "$cache"
fi
rm -rf "$distribution/training"
