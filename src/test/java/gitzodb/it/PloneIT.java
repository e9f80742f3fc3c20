package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Plone site with content, members, workflows, versions and blobs: out, back, and on with work in Plone. */
class PloneIT {
    /** A transaction of user ida in which {@code site} is the Plone site; what the code prints is the result. */
    private static final String STEP = """
            from plone_site import Plone
            plone = Plone(sys.argv[1], 7)
            with plone.step('/test', 'ida') as site:
                exec(sys.argv[2])
            """;

    /** As many transactions as there are words behind the first. */
    private static final String STEPS = """
            from plone_site import Plone
            plone = Plone(sys.argv[1], 7)
            for number, code in enumerate(sys.argv[2:]):
                with plone.step('/edit %d' % number, 'ida') as site:
                    exec(code)
            """;

    /** Finds the number of every object in the site and the object of every number, and the relations of all pages. */
    private static final String INT_IDS = """
            from zope.component import getUtility
            from zope.intid.interfaces import IIntIds
            from zc.relation.interfaces import ICatalog
            ids, relations = getUtility(IIntIds), getUtility(ICatalog)
            paths = sorted(b.getPath() for b in site.portal_catalog() if '++' not in b.getPath())
            numbers = [(path, ids.queryId(site.unrestrictedTraverse(path))) for path in paths]
            wrong = [
                path
                for path, number in numbers
                if number and ids.getObject(number).getPhysicalPath() != tuple(path.split('/'))
            ]
            wrong += [
                number
                for number, key in ids.refs.items()
                if ids.ids[key] != number or key.oid != key.object._p_oid
            ]
            found = sorted(str((one.from_path, one.to_path)) for one in relations.findRelations())
            print('wrong' if wrong else 'ok', wrong, numbers, found)
            """;

    private static final String PAGE = """
            page = site.portal_catalog(portal_type='Document')[0].getObject()
            print('/'.join(page.getPhysicalPath()), page.title, site.getSiteManager().utilities._generation, sep='\\n')
            print(site.portal_catalog(portal_type='File')[0].getPath())
            """;
    private static final String LAYER = " provides=\"plone.browserlayer.interfaces.ILocalBrowserLayerType\"/>";

    /** Looks the utility up that a line in a file registered, and takes it away as Plone does. */
    private static final String EFFECT = """
            plone.web.authorization = ('Basic', ('ida', 'secret'))
            html = plone.web.get('THE_PAGE').text
            print('Title of git' in html, 'A line of git.' in html, site.portal_actions.portal_tabs.shop.url_expr_object.text)
            data = site.unrestrictedTraverse('THE_FILE').file
            print(data.data, data.getSize(), data.modified > 1614500000)
            print(site.portal_registry['plone.email_from_name'])
            from plone.app.discussion.interfaces import IDiscussionLayer
            from plone.browserlayer.interfaces import ILocalBrowserLayerType
            manager = site.getSiteManager()
            print(manager.utilities._generation)
            found = manager.queryUtility(ILocalBrowserLayerType, 'git') is IDiscussionLayer
            print(found, manager.unregisterUtility(provided=ILocalBrowserLayerType, name='git'), end=' ')
            names = [name for name, layer in manager.getUtilitiesFor(ILocalBrowserLayerType)]
            print(('plone.app.discussion' in names) + ('git' not in names))
            """;

    @TempDir
    private static Path kept;

    @TempDir
    private Path temp;

    private Workbench workbench;
    private Site site;

    @BeforeAll
    static void makeSite() throws IOException {
        Oracle.makePlone(kept.resolve("site").toString(), "--pages", "8").ok();
    }

    @BeforeEach
    void copySite() throws IOException {
        workbench = Workbench.in(temp);
        site = new Site(temp.resolve("site"));
        Oracle.copy(kept.resolve("site"), site.folder());
    }

    private static String inPlone(Site there, String code) throws IOException {
        return Oracle.plonePython(STEP, there.folder().toString(), code).ok().output();
    }

    private static void editInPlone(Site there, int times) throws IOException {
        Oracle.makePlone("edit", there.folder().toString(), Integer.toString(times))
                .ok();
    }

    private void dump(Site there, String target) throws IOException {
        workbench
                .run(
                        temp,
                        "git",
                        "zodb",
                        "dump",
                        "--keep-secrets",
                        "--from",
                        there.dataFs().toString(),
                        "-o",
                        target)
                .ok();
    }

    /** Fails if ZODB's checkers find anything that they do not find in the site as Plone made it. */
    private static void mustBeSound(Site there) throws IOException {
        assertThat(findings(there)).isEqualTo(findings(new Site(kept.resolve("site"))));
    }

    private static List<String> findings(Site there) throws IOException {
        return Oracle.checkPlone(there.dataFs(), there.blobs())
                .output()
                .lines()
                .filter(line -> !line.startsWith("ok ") && !line.startsWith("skip index"))
                // The clock of plone_site.py goes on from the last transaction.
                .filter(line -> !line.contains("seconds in the future"))
                .map(line -> line.replaceAll("(oid|tid) \\w+", "$1"))
                .toList();
    }

    @Test
    void aLoadedSiteIsTheSameAndWorks() throws IOException {
        dump(site, "first");
        Site loaded = new Site(Files.createDirectories(temp.resolve("loaded")));
        workbench
                .run(
                        temp,
                        "git",
                        "zodb",
                        "load",
                        "--create",
                        "--into",
                        loaded.dataFs().toString(),
                        "--dir",
                        "first")
                .ok();
        dump(loaded, "second");
        workbench.run(temp, "diff", "-r", "first", "second").ok();
        mustBeSound(loaded);
        assertThat(inPlone(loaded, INT_IDS)).isEqualTo(inPlone(site, INT_IDS)).startsWith("ok ");
        editInPlone(loaded, 8);
        mustBeSound(loaded);
    }

    @Test
    void whatPloneEditsComesByPull() throws IOException {
        Checkout checkout = workbench.clone(site, "work");
        for (int round = 0; round < 3; round++) {
            editInPlone(site, 5);
            checkout.zodb("pull");
            checkout.mustBeInStep();
        }
        checkout.mustEqualDump();
        checkout.zodb("verify");
    }

    @Test
    void smallEditsAreTheDiffsOfTheDocs() throws IOException {
        String heading = "### In Plone";
        List<DiffGallery.Edit> edits = DiffGallery.below(heading);
        Checkout checkout = workbench.clone(site, "work");
        String before = checkout.id("HEAD");
        List<String> words = new ArrayList<>(List.of(site.folder().toString()));
        edits.forEach(edit -> words.add(edit.code()));
        Oracle.plonePython(STEPS, words.toArray(String[]::new)).ok();
        checkout.zodb("pull");
        DiffGallery.check(heading, edits, DiffGallery.found(checkout, before, edits, "zodb/Application/Plone/"));
    }

    @Test
    void whatIsEditedInFilesTakesEffectInPlone() throws IOException {
        String[] page = inPlone(site, PAGE).split("\n", -1);
        String path = page[0];
        String title = page[1];
        Checkout checkout = workbench.clone(site, "work");
        String layer = "name=\"plone.app.discussion\" global=\"plone.app.discussion.interfaces.IDiscussionLayer\"";
        checkout.replace(
                "Application/Plone/__self__.zodb.xml",
                "<utility " + layer,
                "<utility " + layer.replace("plone.app.discussion\"", "git\"") + LAYER + "\n      <utility " + layer);
        checkout.replace(
                "Application" + path + ".zodb.xml",
                "<text name=\"title\">" + title + "</text>",
                "<text name=\"title\">Title of git</text>");
        checkout.replace(
                "Application/Plone/portal_registry.zodb.xml",
                "<text name=\"plone.email_from_name\">Shop</text>",
                "<text name=\"plone.email_from_name\">Shop of git</text>");
        String text = "Application" + path + ".text.html";
        checkout.write(text, checkout.read(text) + "<p>A line of git.</p>\n");
        checkout.write("Application" + page[3] + ".file.bin", "content of git");
        checkout.replace(
                "Application/Plone/portal_actions/portal_tabs/shop.zodb.xml", "{portal_url}/shop", "{portal_url}/git");
        checkout.commit("New title, new sender");
        assertThat(checkout.zodb("push")).contains("portal_catalog: its entries of", "portal_repository.save(OBJECT)");
        mustBeSound(site);
        checkout.mustBeInStep();
        assertThat(inPlone(site, EFFECT.replace("THE_PAGE", path).replace("THE_FILE", page[3]))
                        .lines())
                .containsExactly(
                        "True True string:${portal_url}/git",
                        "b'content of git' 14 True",
                        "Shop of git",
                        String.valueOf(Integer.parseInt(page[2]) + 1),
                        "True True 2");
        editInPlone(site, 3);
        checkout.zodb("pull");
        checkout.mustBeInStep();
    }

    @Test
    void aCatalogThatIsLeftOutIsFilledAgainInANewDatabase() throws IOException {
        String found = "print(sorted(b.getPath() for b in site.portal_catalog()),"
                + " len(site.portal_catalog(SearchableText='shop')))";
        String rebuild = "site.portal_catalog.clearFindAndRebuild(); ";
        dump(site, "first");
        Files.writeString(
                temp.resolve("first/.zodbignore"),
                "[content Products.ZCatalog.Catalog.Catalog]\n[content Products.*Index*]\n");
        dump(site, "first");
        Site loaded = new Site(Files.createDirectories(temp.resolve("loaded")));
        String target = loaded.dataFs().toString();
        Ran ran = workbench.run(temp, "git", "zodb", "load", "--create", "--into", target, "--dir", "first");
        assertThat(ran.ok().text()).contains("/Application/Plone/portal_catalog: empty", "clearFindAndRebuild()");
        // A rebuild also finds what the site has not indexed so far, such as comments.
        assertThat(inPlone(loaded, found + "; " + rebuild + found))
                .isEqualTo("[] 0\n" + inPlone(site, rebuild + found));
        mustBeSound(loaded);
    }
}
