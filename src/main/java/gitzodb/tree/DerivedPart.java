package gitzodb.tree;

import gitzodb.zodb.ClassName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of a site that Zope can make again from the rest: a closed list (class-formats.md, What can be made again). */
public enum DerivedPart {
    CATALOG(
            List.of("[content Products.ZCatalog.Catalog.Catalog]", "[content Products.*Index*]"),
            "Products.ZCatalog.ZCatalog.ZCatalog",
            "Products.CMFCore.CatalogTool.CatalogTool",
            "Products.CMFPlone.CatalogTool.CatalogTool",
            "Products.CMFPlone.UIDCatalog.UIDCatalog",
            "Products.CMFPlone.ReferenceCatalog.ReferenceCatalog",
            "Products.Archetypes.UIDCatalog.UIDCatalog",
            "Products.Archetypes.ReferenceEngine.ReferenceCatalog"),
    RELATIONS(
            List.of("[content z3c.relationfield.index.RelationCatalog]", "[content zc.relation.catalog.Catalog]"),
            "z3c.relationfield.index.RelationCatalog",
            "zc.relation.catalog.Catalog"),
    ZOPE_CATALOG(List.of("[content zope.catalog.*]", "[content zope.index.*]"), "zope.catalog.catalog.Catalog");

    private static final Map<ClassName, DerivedPart> BY_CLASS = Stream.of(values())
            .flatMap(part -> part.holders.stream().map(cls -> Map.entry(cls, part)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<String> lines;
    private final Set<ClassName> holders;

    DerivedPart(List<String> lines, String... holders) {
        this.lines = lines;
        this.holders = Stream.of(holders).map(ClassName::parse).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the lines of {@code .zodbignore} that leave out what it holds, but for its settings. */
    public List<String> lines() {
        return lines;
    }

    /** True if these lines, or the like, are among the rules. */
    public boolean isLeftOut(IgnoreRules rules) {
        String first = lines.getFirst();
        String cls = first.substring(first.indexOf(' ') + 1, first.length() - 1).replace("*", "any");
        return rules.ignoresContent(ClassName.parse(cls), "any");
    }

    /** Returns all such parts, by the class of the object that holds one. */
    public static Map<ClassName, DerivedPart> byClass() {
        return BY_CLASS;
    }
}
