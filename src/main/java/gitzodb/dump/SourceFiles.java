package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Attributes;
import gitzodb.classes.SourceAttribute;
import gitzodb.files.Spool;
import gitzodb.graph.Home;
import gitzodb.graph.HomeGraph;
import gitzodb.pickle.Value;
import gitzodb.tree.ConflictMarkers;
import gitzodb.tree.ContentChain;
import gitzodb.tree.FileNames;
import gitzodb.tree.NameCodec;
import gitzodb.tree.PdataChunks;
import gitzodb.tree.Place;
import gitzodb.tree.Segment;
import gitzodb.tree.TreeStates;
import gitzodb.xml.Element;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the source attributes of the objects of one unit out into natural files. */
final class SourceFiles {
    private final HomeGraph graph;
    private final TreeStates states;
    private final Folders.Spot spot;
    private final Set<String> taken;

    SourceFiles(HomeGraph graph, TreeStates states, Folders.Spot spot, Set<String> taken) {
        this.graph = graph;
        this.states = states;
        this.spot = spot;
        this.taken = taken;
    }

    /** An attribute as a natural file: what stands for it in the XML, and the file. */
    record SourceFile(Element element, String name, Body body) {}

    /** The content of a natural file. */
    sealed interface Body {
        record InMemory(Bytes bytes) implements Body {}

        /** A temporary file, to be deleted by who takes it. */
        record OnDisk(Path file) implements Body {}
    }

    /**
     * Returns the file of an attribute; empty if it has to stay in the XML: it is no source, its value is of another
     * kind, or its file's name is taken in this unit.
     *
     * @param sources those of the object's state
     */
    Optional<SourceFile> file(Place place, List<SourceAttribute> sources, String attribute, Value value)
            throws IOException {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).name().equals(attribute) && isOut(place)) {
                String name = name(place, sources.get(i), i == 0);
                boolean isFree = !taken.contains(NameCodec.fold(name));
                // A chain is no file or always one: which of its pieces have files depends on it (Placement).
                for (int next = 2;
                        value instanceof Value.PersistentId && taken.contains(NameCodec.fold(name));
                        next++) {
                    name = name + '#' + next;
                    isFree = true;
                }
                Optional<Content> content = isFree ? content(place.oid(), attribute, value) : Optional.empty();
                if (content.isEmpty()) {
                    return Optional.empty();
                }
                taken.add(NameCodec.fold(name));
                Element element = content.get().element.with("file", name);
                if (hasMarkers(content.get().body)) {
                    element = element.with(ConflictMarkers.ATTRIBUTE, "yes");
                }
                return Optional.of(new SourceFile(element, name, content.get().body));
            }
        }
        return Optional.empty();
    }

    private static boolean hasMarkers(Body body) throws IOException {
        return switch (body) {
            case Body.InMemory(Bytes bytes) -> ConflictMarkers.line(bytes) > 0;
            case Body.OnDisk(Path file) -> {
                try (InputStream content = Files.newInputStream(file)) {
                    yield ConflictMarkers.line(content) > 0;
                }
            }
        };
    }

    /** The text of a value stays in the XML where the value is deeper in a file, as in a stored version. */
    private boolean isOut(Place place) {
        return place.isOwn()
                || place.path().local().size() == 2
                || !states.formats().of(className(place.oid())).isValueHolder();
    }

    private ClassName className(Oid oid) {
        return graph.node(oid)
                .orElseThrow(() -> new IllegalStateException("not in the graph: " + oid))
                .className();
    }

    /** Returns the name of the file of a blob: after what holds it, if its class says what the blob is, else its own. */
    String blob(Place place) throws IOException {
        List<Segment> local = place.path().local();
        Oid holder = graph.home(place.oid()).map(Home::parent).orElse(null);
        ObjectState state =
                holder == null || local.size() < 2 ? null : states.load(holder).orElse(null);
        Optional<String> extension = state == null
                ? Optional.empty()
                : states.formats().of(state.className()).blobExtension(state);
        return FileNames.foldedSource(
                spot.segment(),
                spot.stem(),
                extension.isPresent() ? local.subList(0, local.size() - 1) : local,
                extension.orElse(""),
                spot.siblings());
    }

    private String name(Place place, SourceAttribute source, boolean first) {
        if (place.isOwn()) {
            return FileNames.source(spot.segment(), spot.stem(), source, first, spot.siblings());
        }
        List<Segment> local = new ArrayList<>(place.path().local());
        if (states.formats().of(className(place.oid())).isValueHolder()) {
            local.removeLast();
        }
        if (!first) {
            local.add(Segment.plain(source.name()));
        }
        return FileNames.foldedSource(spot.segment(), spot.stem(), local, source.extension(), spot.siblings());
    }

    private record Content(Element element, Body body) {
        static Content of(Element element, Bytes bytes) {
            return new Content(element, new Body.InMemory(bytes));
        }
    }

    private Optional<Content> content(Oid holder, String attribute, Value value) throws IOException {
        return switch (value) {
            case Value.Text(String text) ->
                Attributes.isEncodable(text)
                        ? Optional.of(Content.of(Element.of("text"), Bytes.utf8(text)))
                        : Optional.empty();
            case Value.Str(Bytes bytes) -> Optional.of(inline("str", bytes, attribute));
            case Value.Binary(Bytes bytes) -> Optional.of(inline("bytes", bytes, attribute));
            case Value.PersistentId id -> chain(holder, attribute, id);
            default -> Optional.empty();
        };
    }

    /** The attribute of File and Image is the one that Zope cuts into chunks. */
    private static Content inline(String kind, Bytes bytes, String attribute) {
        boolean cut =
                attribute.equals("data") && !PdataChunks.lengths(bytes.length()).isEmpty();
        Element element = Element.of(kind);
        return Content.of(cut ? element.with("chunks", "none") : element, bytes);
    }

    private Optional<Content> chain(Oid holder, String attribute, Value.PersistentId id) throws IOException {
        try (Spool content = new Spool()) {
            Optional<ContentChain> chain = ContentChain.read(graph, states, holder, attribute, id, content);
            if (chain.isEmpty()) {
                return Optional.empty();
            }
            Element element = Element.of(chain.get().kind());
            List<Integer> lengths = chain.get().lengths();
            if (!lengths.equals(PdataChunks.lengths(content.length()))) {
                element = element.with(
                        "chunks", lengths.stream().map(String::valueOf).collect(Collectors.joining(" ")));
            }
            Optional<Bytes> bytes = content.bytes();
            return Optional.of(new Content(
                    element, bytes.isPresent() ? new Body.InMemory(bytes.get()) : new Body.OnDisk(content.takeFile())));
        }
    }
}
