/**
 * Measures the main job on databases it makes itself; see {@code src/docs/performance.md}. {@link
 * gitzodb.benchmark.CodeSite} writes a database, {@link gitzodb.benchmark.MainJobBenchmark} runs the commands on it and
 * prints a table.
 */
@NullMarked
package gitzodb.benchmark;

import org.jspecify.annotations.NullMarked;
