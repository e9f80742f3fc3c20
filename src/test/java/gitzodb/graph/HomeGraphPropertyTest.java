package gitzodb.graph;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** After any edits an updated graph is what a new one would be, and what the definition of a home says. */
class HomeGraphPropertyTest {
    private static final int SEEDS = 200;
    private static final int ROUNDS = 12;

    @Test
    void updatesEqualBuildsAndTheDefinition() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RandomGraph database = new RandomGraph(random);
            HomeGraph graph = new HomeGraph(MapStore.inMemory());
            graph.build(database);
            check("seed " + seed + " built", database, graph, Set.of());
            for (int round = 0; round < ROUNDS; round++) {
                Map<Oid, List<String>> pathsBefore = paths(graph, database.everSeen());
                Set<Oid> written = database.edit(1 + random.nextInt(4));
                HomeChange change = graph.update(database, written);
                String where = "seed " + seed + " round " + round + " " + database.lastEdits();
                check(where, database, graph, written);
                checkChange(where, pathsBefore, paths(graph, database.everSeen()), change);
            }
        }
    }

    private static void check(String where, RandomGraph database, HomeGraph graph, Set<Oid> written)
            throws IOException {
        HomeGraph fresh = new HomeGraph(MapStore.inMemory());
        fresh.build(database);
        Map<Oid, NaiveHomes.NaivePath> naive = NaiveHomes.of(database);
        for (Oid oid : database.everSeen()) {
            NaiveHomes.NaivePath path = naive.get(oid);
            Optional<Home> home = graph.home(oid);
            assertThat(home)
                    .as("%s: home of %s, written %s", where, oid, written)
                    .isEqualTo(fresh.home(oid));
            assertThat(home.map(Home::weight))
                    .as("%s: weight of %s", where, oid)
                    .isEqualTo(Optional.ofNullable(path).map(NaiveHomes.NaivePath::weight));
            assertThat(labels(graph, oid))
                    .as("%s: path of %s", where, oid)
                    .isEqualTo(path == null ? List.of() : path.labels());
            assertThat(graph.node(oid)).as("%s: node %s", where, oid).isEqualTo(fresh.node(oid));
            assertThat(graph.referrers(oid))
                    .as("%s: referrers of %s", where, oid)
                    .isEqualTo(fresh.referrers(oid));
            assertThat(graph.isCollection(oid))
                    .as("%s: collection %s", where, oid)
                    .isEqualTo(fresh.isCollection(oid));
            graph.node(oid)
                    .ifPresent(node -> assertThat(graph.ofClass(node.className()))
                            .as("%s: of the class of %s", where, oid)
                            .isEqualTo(fresh.ofClass(node.className()))
                            .contains(oid));
        }
        assertThat(graph.size()).as(where).isEqualTo(naive.size());
        assertThat(graph.highestTarget()).as(where).isEqualTo(fresh.highestTarget());
    }

    private static void checkChange(
            String where, Map<Oid, List<String>> before, Map<Oid, List<String>> after, HomeChange change) {
        Set<Oid> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        Set<Oid> removed = new TreeSet<>(before.keySet());
        removed.removeAll(after.keySet());
        assertThat(change.added()).as("%s: added", where).isEqualTo(added);
        assertThat(change.removed()).as("%s: removed", where).isEqualTo(removed);
        assertThat(after.keySet()).as("%s: changed", where).containsAll(change.changed());
        assertThat(before.keySet()).as("%s: changed", where).containsAll(change.changed());
        assertThat(after.keySet()).as("%s: rehomed", where).containsAll(change.rehomed());
        assertThat(before.keySet()).as("%s: rehomed", where).containsAll(change.rehomed());
        for (Oid oid : after.keySet()) {
            List<String> old = before.get(oid);
            if (old != null && !old.equals(after.get(oid))) {
                assertThat(change.rehomed()).as("%s: rehomed", where).contains(oid);
            }
        }
    }

    /** Returns each path as text, with the kinds of its edges and the objects on it. */
    private static Map<Oid, List<String>> paths(HomeGraph graph, Set<Oid> oids) {
        Map<Oid, List<String>> paths = new TreeMap<>();
        for (Oid oid : oids) {
            if (graph.home(oid).isPresent()) {
                List<String> path = new ArrayList<>();
                for (Oid at = oid; at != null; at = graph.home(at).orElseThrow().parent()) {
                    path.add(graph.home(at).orElseThrow().toString());
                }
                paths.put(oid, path);
            }
        }
        return paths;
    }

    private static List<String> labels(HomeGraph graph, Oid oid) {
        List<String> labels = new ArrayList<>();
        Home home = graph.home(oid).orElse(null);
        while (home != null) {
            Label label = home.label();
            if (label != null) {
                labels.addFirst(label.toString());
            }
            Oid parent = home.parent();
            home = parent == null ? null : graph.home(parent).orElse(null);
        }
        return labels;
    }
}
