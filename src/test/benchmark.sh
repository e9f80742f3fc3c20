#!/bin/sh
# benchmark.sh [SIZE …]: measures the main job on databases of these sizes (1000 10000 100000) and prints a table.
# Builds what it needs. BENCHMARK_DIR: where to work, a new folder of the system's temporary one unless given.
set -eu
cd -- "$(dirname -- "$0")/../.."
[ $# -gt 0 ] || set -- 1000 10000 100000
[ -f target/git-zodb.jar ] && [ -d target/test-classes/gitzodb/benchmark ] ||
    mvn -q -B -ntp -Dquick -DskipTests package
given=${BENCHMARK_DIR-}
folder=${given:-$(mktemp -d)}
[ -n "$given" ] || trap 'rm -rf "$folder"' EXIT
"$(git-extension/git-zodb --which-java)" --enable-native-access=ALL-UNNAMED -cp "target/test-classes:target/git-zodb.jar" \
    gitzodb.benchmark.MainJobBenchmark git-extension/git-zodb "$folder" "$@"
