package gitzodb.tree;

import gitzodb.zodb.ClassName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a site that Zope can make again from the rest: a closed list (class-formats.md, What can be made again).
 *
 * @param lines the lines of {@code .zodbignore} that leave out what it holds, but for its settings
 */
public record DerivedPart(List<String> lines) {
    private static final DerivedPart CATALOG =
            new DerivedPart(List.of("[content Products.ZCatalog.Catalog.Catalog]", "[content Products.*Index*]"));
    private static final DerivedPart RELATIONS = new DerivedPart(
            List.of("[content z3c.relationfield.index.RelationCatalog]", "[content zc.relation.catalog.Catalog]"));
    private static final DerivedPart ZOPE_CATALOG =
            new DerivedPart(List.of("[content zope.catalog.*]", "[content zope.index.*]"));

    private static final Map<ClassName, DerivedPart> BY_CLASS = Stream.of(
                    held(
                            CATALOG,
                            "Products.ZCatalog.ZCatalog.ZCatalog",
                            "Products.CMFCore.CatalogTool.CatalogTool",
                            "Products.CMFPlone.CatalogTool.CatalogTool",
                            "Products.CMFPlone.UIDCatalog.UIDCatalog",
                            "Products.CMFPlone.ReferenceCatalog.ReferenceCatalog",
                            "Products.Archetypes.UIDCatalog.UIDCatalog",
                            "Products.Archetypes.ReferenceEngine.ReferenceCatalog"),
                    held(RELATIONS, "z3c.relationfield.index.RelationCatalog", "zc.relation.catalog.Catalog"),
                    held(ZOPE_CATALOG, "zope.catalog.catalog.Catalog"))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    public DerivedPart {
        lines = List.copyOf(lines);
    }

    private static List<Map.Entry<ClassName, DerivedPart>> held(DerivedPart part, String... holders) {
        return Stream.of(holders)
                .map(holder -> Map.entry(ClassName.parse(holder), part))
                .toList();
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
