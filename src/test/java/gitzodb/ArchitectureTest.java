package gitzodb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The package table of architecture.md, enforced. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String[] ALL = {
        "bytes",
        "files",
        "parallel",
        "pickle",
        "zodb",
        "filestorage",
        "xml",
        "classes",
        "formats",
        "btree",
        "graph",
        "shorthand",
        "merge",
        "tree",
        "dump",
        "load",
        "git",
        "demo",
        "sync"
    };

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("bytes", Set.of()),
            Map.entry("files", Set.of("bytes")),
            Map.entry("parallel", Set.of()),
            Map.entry("pickle", Set.of("bytes")),
            Map.entry("zodb", Set.of("pickle", "bytes")),
            Map.entry("filestorage", Set.of("zodb", "files", "pickle", "bytes")),
            Map.entry("xml", Set.of("zodb", "pickle", "bytes")),
            Map.entry("classes", Set.of("zodb", "pickle", "bytes")),
            Map.entry("formats", Set.of("classes", "zodb", "pickle", "bytes")),
            Map.entry("btree", Set.of("classes", "zodb", "pickle", "bytes")),
            Map.entry("graph", Set.of("classes", "btree", "zodb", "pickle", "parallel", "bytes")),
            Map.entry("tree", Set.of("graph", "btree", "xml", "classes", "zodb", "pickle", "files", "bytes")),
            Map.entry("shorthand", Set.of("xml", "zodb", "pickle")),
            Map.entry("merge", Set.of("xml", "zodb", "bytes")),
            Map.entry(
                    "dump",
                    Set.of(
                            "shorthand",
                            "tree",
                            "graph",
                            "btree",
                            "xml",
                            "classes",
                            "zodb",
                            "pickle",
                            "files",
                            "parallel",
                            "bytes")),
            Map.entry(
                    "load",
                    Set.of(
                            "dump",
                            "shorthand",
                            "tree",
                            "graph",
                            "btree",
                            "xml",
                            "classes",
                            "zodb",
                            "pickle",
                            "files",
                            "bytes")),
            Map.entry("git", Set.of("files", "bytes")),
            Map.entry("demo", Set.of("zodb", "pickle", "bytes")),
            Map.entry("cli", Set.of(ALL)),
            Map.entry(
                    "sync",
                    Set.of(
                            "load",
                            "dump",
                            "tree",
                            "graph",
                            "btree",
                            "xml",
                            "merge",
                            "classes",
                            "git",
                            "zodb",
                            "pickle",
                            "parallel",
                            "files",
                            "bytes")));

    private static final Set<String> OBJECT_IDS = Set.of(
            "org.eclipse.jgit.lib.ObjectId",
            "org.eclipse.jgit.lib.AnyObjectId",
            "org.eclipse.jgit.lib.AbbreviatedObjectId");

    /** Damage in a cache: whoever owns it throws it away and builds it anew. */
    private static final String DAMAGED_CACHE = "gitzodb.graph.DamagedMapException";

    private final JavaClasses product = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    MAY_USE.keySet().stream().map(name -> "gitzodb." + name).toArray(String[]::new));

    @Test
    void seesTheWholeProduct() {
        assertThat(product.size()).isGreaterThan(100);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("gitzodb.(*)..").should().beFreeOfCycles().check(product);
    }

    @Test
    void eachPackageUsesOnlyWhatTheTableAllows() {
        MAY_USE.forEach((name, allowed) -> noClasses()
                .that()
                .resideInAPackage("gitzodb." + name)
                .should()
                .dependOnClassesThat(residesOutside(name, allowed))
                .allowEmptyShould(true)
                .check(product));
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> packages = product.stream()
                .map(type -> type.getPackageName().replaceFirst("^gitzodb\\.", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_USE.keySet()).containsAll(packages);
    }

    @Test
    void onlyTheCommandLinePrintsExitsAndReadsTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackage("gitzodb.cli")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(product);
    }

    @Test
    void mergingUsesOfJGitTheMergeOfSequencesAlone() {
        noClasses()
                .that()
                .resideInAPackage("gitzodb.merge")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "of JGit, but for diff and merge",
                        type -> type.getPackageName().startsWith("org.eclipse.jgit")
                                && !Set.of("org.eclipse.jgit.diff", "org.eclipse.jgit.merge")
                                        .contains(type.getPackageName())))
                .check(product);
    }

    @Test
    void onlyTheGitPackageUsesJGit() {
        noClasses()
                .that()
                .resideOutsideOfPackages("gitzodb.git", "gitzodb.merge")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "of JGit, but for the ids of git objects",
                        type -> type.getPackageName().startsWith("org.eclipse.jgit")
                                && !OBJECT_IDS.contains(type.getName())))
                .check(product);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = product.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(type -> !type.isAnnotatedWith(NullMarked.class))
                .map(type -> type.getName())
                .filter(name -> name.startsWith("gitzodb."))
                .collect(Collectors.toSet());
        assertThat(unmarked).isEmpty();
    }

    @Test
    void exceptionsForBadInputAreChecked() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .arePublic()
                .and()
                .doNotHaveFullyQualifiedName(DAMAGED_CACHE)
                .should()
                .beAssignableTo(java.io.IOException.class)
                .check(product);
    }

    private static DescribedPredicate<JavaClass> residesOutside(String name, Set<String> allowed) {
        Set<String> names = Stream.concat(Stream.of(name), allowed.stream())
                .map(each -> "gitzodb." + each)
                .collect(Collectors.toSet());
        return DescribedPredicate.describe(
                "in packages of the product other than " + new TreeSet<>(names),
                type -> type.getPackageName().startsWith("gitzodb.") && !names.contains(type.getPackageName()));
    }
}
