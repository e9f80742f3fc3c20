package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.tree.NameCodec;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.Segment;
import gitzodb.tree.Siblings;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes units, one after the other; with what it remembers of places and folders. For one thread. */
final class UnitMaker {
    private static final UnitWriter.Written NOTHING = new UnitWriter.Written(List.of(), Set.of(), Set.of(), Map.of());

    private final HomeGraph graph;
    private final TreeStates states;
    private final DumpIndex index;
    private final Siblings siblings;
    private final Placement placement;
    private final Folders folders;

    UnitMaker(HomeGraph graph, TreeStates states, DumpIndex index, Siblings siblings) {
        this.graph = graph;
        this.states = states;
        this.index = index;
        this.siblings = siblings;
        placement = new Placement(graph, states);
        folders = new Folders(placement, this::hasSourceFile, siblings);
    }

    /** Returns the same for another thread, which reads with {@code apart}. */
    @SuppressWarnings("ReferenceEquality") // with the same ones it is the same thread
    UnitMaker with(TreeStates apart) {
        return apart == states ? this : new UnitMaker(graph, apart, index, siblings);
    }

    /**
     * A unit that was written, or not.
     *
     * @param error why it could not be written, if nobody minds
     */
    record Made(
            Place place,
            UnitWriter.Written written,
            @Nullable IOException error) {
        /** Returns a unit of which no file is wanted. */
        static Made unwritten(Place place) {
            return new Made(place, NOTHING, null);
        }

        DumpIndex.Entry entry() {
            return new DumpIndex.Entry(Dump.path(place), written.files(), List.copyOf(written.weak()));
        }

        void tell(DumpLog log) {
            if (error != null) {
                log.error(place.path(), error);
            } else if (!written.equals(NOTHING)) {
                log.wrote(place.path(), written);
            }
        }
    }

    /**
     * Writes a unit.
     *
     * @throws IOException if the sink fails, or if the unit cannot be written and errors are not to be skipped
     */
    Made write(Place place, TreeSink sink, boolean skipErrors) throws IOException {
        try {
            return new Made(place, files(place, new FailingSink(sink)), null);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException e) {
            if (!skipErrors) {
                throw new IOException(place.path() + ": " + e.getMessage(), e);
            }
            return new Made(place, NOTHING, e);
        }
    }

    /** Writes the files of a unit and does not tell errors of the sink from those of the unit. */
    UnitWriter.Written files(Place place, TreeSink sink) throws IOException {
        return UnitWriter.write(graph, placement, states, place, folders.spot(place), sink);
    }

    Placement placement() {
        return placement;
    }

    Place place(Oid oid) {
        return placement.of(oid).orElseThrow();
    }

    void forgetFolders() {
        folders.forget();
    }

    /** Returns what the files of others say of an object. */
    DumpIndex.Placed placed(Place place) {
        Node node = graph.node(place.oid()).orElseThrow();
        String secret =
                states.secretEntries(place.oid(), graph).map(Object::toString).orElse("");
        String print = place.path() + "\n" + place.barred() + place.nested() + place.content() + node.className()
                + node.classArgs() + secret;
        return new DumpIndex.Placed(place.owner(), NameCodec.print(print));
    }

    private boolean hasSourceFile(List<Segment> path) {
        Oid oid = index.at(ObjectPath.join(path));
        return oid != null && placement.hasSourceFile(className(oid));
    }

    ClassName className(Oid oid) {
        return graph.className(oid).orElseThrow(() -> new IllegalStateException("not in the graph: " + oid));
    }

    /** Tells errors of the sink from those of the object that is written. */
    private record FailingSink(TreeSink sink) implements TreeSink {
        @FunctionalInterface
        private interface Put {
            void run() throws IOException;
        }

        @Override
        public void put(String path, Bytes content) {
            told(() -> sink.put(path, content));
        }

        @Override
        public void put(String path, Path content) {
            told(() -> sink.put(path, content));
        }

        @Override
        public void take(String path, Path temporary) {
            told(() -> sink.take(path, temporary));
        }

        private static void told(Put put) {
            try {
                put.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void delete(String path) {
            throw new IllegalStateException("a unit deletes nothing");
        }
    }
}
