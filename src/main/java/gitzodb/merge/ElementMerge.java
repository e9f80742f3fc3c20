package gitzodb.merge;

import gitzodb.merge.Decision.Combined;
import gitzodb.merge.Decision.Conflicting;
import gitzodb.merge.Decision.Rule;
import gitzodb.merge.Decision.Taken;
import gitzodb.xml.Element;
import gitzodb.xml.SourceText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges one element and what is below it, and notes what it decides. Elements are compared whole: no line numbers. */
final class ElementMerge {
    /** Attributes that say what the content means: content of one is not put under another. */
    private static final Set<String> KINDS = Set.of("class", "by", "kind", "form", "spelling", "shown", "type");

    private final List<Decision> decisions = new ArrayList<>();

    List<Decision> decisions() {
        return decisions;
    }

    /** An element, or the reason why there is none. */
    sealed interface Outcome {
        record Made(Element element) implements Outcome {}

        record Clash(Reason reason) implements Outcome {}
    }

    /** Returns what is to be at a place; null if nothing. */
    @Nullable
    Element merge(String path, Three values) {
        Element base = values.base();
        Element ours = values.ours();
        Element theirs = values.theirs();
        if (Objects.equals(ours, theirs)) {
            if (!Objects.equals(base, ours)) {
                decisions.add(new Taken(path, Side.BOTH));
            }
            return ours;
        }
        if (Objects.equals(base, ours)) {
            decisions.add(new Taken(path, Side.THEIRS));
            return theirs;
        }
        if (Objects.equals(base, theirs)) {
            decisions.add(new Taken(path, Side.OURS));
            return ours;
        }
        if (values.hasConflict()) {
            return conflict(path, Reason.UNRESOLVED, values);
        }
        if (ours == null || theirs == null) {
            return conflict(path, Reason.DELETED, values);
        }
        if (!isOneKind(ours, theirs)) {
            return conflict(path, Reason.TYPE, values);
        }
        if (base != null && base.name().equals(ours.name()) && !isOneKind(base, ours)) {
            // The content of another class is no base.
            return conflict(path, Reason.TYPE, values);
        }
        Element before = base != null && isOneKind(base, ours) ? base : null;
        int noted = decisions.size();
        Outcome outcome = content(path, new Three(before, ours, theirs));
        return switch (outcome) {
            case Outcome.Made(Element element) -> element;
            case Outcome.Clash(Reason reason) -> {
                decisions.subList(noted, decisions.size()).clear();
                yield conflict(path, base == null && reason == Reason.CHANGED ? Reason.ADDED : reason, values);
            }
        };
    }

    private Element conflict(String path, Reason reason, Three values) {
        decisions.add(new Conflicting(path, reason));
        return Conflict.of(path, reason, values).element();
    }

    private static boolean isOneKind(Element one, Element other) {
        return one.name().equals(other.name())
                && KINDS.stream().allMatch(kind -> Objects.equals(one.get(kind), other.get(kind)));
    }

    private Outcome content(String path, Three values) {
        Optional<BigInteger> sum = Counts.sum(values);
        if (sum.isPresent() && attributes(values) instanceof Outcome.Made(Element frame)) {
            decisions.add(new Combined(path, Rule.COUNT));
            Element counter = with(frame, values.any().children(), "");
            return new Outcome.Made(Counts.with(counter, sum.get()));
        }
        if (Counts.isCounter(values.any())) {
            return new Outcome.Clash(Reason.CHANGED);
        }
        return switch (shape(values)) {
            case KEYED, SORTED, ORDERED, MEMBERS, GROUPS, LIST, TUPLE -> children(path, values);
            case FIELDS -> fields(path, values);
            case TEXT -> lines(path, values);
            case WHOLE -> new Outcome.Clash(Reason.CHANGED);
        };
    }

    private static Shape shape(Three values) {
        for (Element version : versions(values)) {
            if (!version.children().isEmpty()) {
                return Shape.of(version);
            }
        }
        return Shape.of(values.any());
    }

    private static List<Element> versions(Three values) {
        List<Element> versions = new ArrayList<>();
        for (Element version : new Element[] {values.base(), values.ours(), values.theirs()}) {
            if (version != null) {
                versions.add(version);
            }
        }
        return versions;
    }

    private Outcome children(String path, Three values) {
        if (versions(values).stream().anyMatch(version -> !version.text().isBlank())) {
            return numbers(path, values);
        }
        Shape shape = shape(values);
        boolean keyed = shape == Shape.KEYED || shape == Shape.SORTED || shape == Shape.ORDERED;
        if (values.base() == null && !keyed) {
            // Without a base nobody knows whether a member that one side lacks is to be there.
            return new Outcome.Clash(Reason.CHANGED);
        }
        return attributes(values) instanceof Outcome.Made(Element frame)
                ? new ChildrenMerge(this, path, shape).merge(values, frame)
                : new Outcome.Clash(Reason.CHANGED);
    }

    private Outcome fields(String path, Three values) {
        List<Element> versions = versions(values);
        List<Element> first = values.any().children();
        int last = first.size() - 1;
        for (Element version : versions) {
            if (version.children().size() != first.size()
                    || last > 0 && !version.children().subList(0, last).equals(first.subList(0, last))
                    || !version.text().equals(values.any().text())) {
                return new Outcome.Clash(Reason.CHANGED);
            }
        }
        if (!(attributes(values) instanceof Outcome.Made(Element frame))) {
            return new Outcome.Clash(Reason.CHANGED);
        }
        if (last < 0) {
            return new Outcome.Made(with(frame, List.of(), values.any().text()));
        }
        List<Element> children = new ArrayList<>(first.subList(0, last));
        Element merged = merge(path, values.part(version -> version.children().get(last)));
        children.add(Objects.requireNonNull(merged));
        return new Outcome.Made(with(frame, children, ""));
    }

    private Outcome lines(String path, Three values) {
        Element base = values.base();
        if (base != null
                && attributes(values.part(version -> version.without("enc"))) instanceof Outcome.Made(Element frame)) {
            Optional<Element> merged = LineMerge.merge(
                    base, Objects.requireNonNull(values.ours()), Objects.requireNonNull(values.theirs()));
            if (merged.isPresent()) {
                decisions.add(new Combined(path, Rule.LINES));
                Element text = SourceText.withAttributes(merged.get(), frame);
                return new Outcome.Made(text);
            }
        }
        return new Outcome.Clash(Reason.CHANGED);
    }

    private Outcome numbers(String path, Three values) {
        Optional<String> merged = values.base() == null ? Optional.empty() : NumberLines.merge(values);
        if (merged.isEmpty() || !(attributes(values) instanceof Outcome.Made(Element frame))) {
            return new Outcome.Clash(Reason.CHANGED);
        }
        decisions.add(new Combined(path, Rule.NUMBERS));
        return new Outcome.Made(with(frame, List.of(), merged.get()));
    }

    /** Returns ours without content and with the attributes of the merge. */
    private static Outcome attributes(Three values) {
        Set<String> names = new LinkedHashSet<>();
        versions(values).forEach(version -> version.attributes().forEach(each -> names.add(each.name())));
        Element frame = Element.of(values.any().name());
        for (String name : names) {
            String base = values.base() == null ? null : values.base().get(name);
            String ours = values.ours() == null ? null : values.ours().get(name);
            String theirs = values.theirs() == null ? null : values.theirs().get(name);
            boolean isOurs = Objects.equals(ours, theirs) || Objects.equals(base, theirs);
            if (!isOurs && !Objects.equals(base, ours)) {
                return new Outcome.Clash(Reason.CHANGED);
            }
            String value = isOurs ? ours : theirs;
            if (value != null) {
                frame = frame.with(name, value);
            }
        }
        return new Outcome.Made(frame);
    }

    static Element with(Element frame, List<Element> children, String text) {
        return new Element(frame.name(), frame.attributes(), List.copyOf(children), text, 0, 0);
    }
}
