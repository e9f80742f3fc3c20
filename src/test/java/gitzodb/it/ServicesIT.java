package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches, mail, databases, hooks, sessions and PluggableAuthService: edited in files and in Zope. */
class ServicesIT {
    private static final String HERE = "Application/services/";
    private static final String PAS = HERE + "members/acl_users/";

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("small");
        site = checkout.site();
        site.zopeScript("services.py");
        checkout.zodb("pull");
        checkout.mustEqualDump();
    }

    private void push(String subject) throws IOException {
        checkout.commit(subject);
        checkout.zodb("push");
        site.mustBeSoundToZope();
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }

    private void looks(SoftAssertions softly, String expression, String expected) throws IOException {
        softly.assertThat(site.look(expression)).as(expression).isEqualTo(expected);
    }

    @Test
    void aSecretIsNowhereInTheTree() throws IOException {
        assertThat(checkout.workbench()
                        .run(checkout.folder(), "grep", "-rE", "to.be.kept", ".")
                        .text())
                .isEmpty();
        assertThat(checkout.read(HERE + "odbc.zodb.xml"))
                .contains("<secret name=\"connection_string\"/>", "<secret name=\"connx_string\"/>");
    }

    private void editAllFiles() throws IOException {
        checkout.replace(HERE + "ram.zodb.xml", "<int name=\"max_age\">3600<", "<int name=\"max_age\">60<");
        checkout.replace(HERE + "http.zodb.xml", "<int name=\"interval\">3600<", "<int name=\"interval\">61<");
        checkout.replace(
                HERE + "page.zodb.xml",
                "<text name=\"_Cacheable__manager_id\">ram<",
                "<text name=\"_Cacheable__manager_id\">http<");
        checkout.replace(HERE + "dtml.zodb.xml", "<role>Manager</role>", "<role>Owner</role>");
        checkout.replace(HERE + "mail.zodb.xml", "mail.example.org", "smtp.example.org");
        checkout.replace(HERE + "db.zodb.xml", "<int name=\"tilevel\">2<", "<int name=\"tilevel\">1<");
        checkout.replace(HERE + "odbc.zodb.xml", "<int name=\"MaxRows\">10<", "<int name=\"MaxRows\">11<");
        checkout.replace(
                HERE + "virtual_hosting.zodb.xml",
                "<line>shop.example.org/services</line>",
                "<line>localhost/services/ruled</line>");
        checkout.replace(HERE + "ruled/__self__.zodb.xml", ">rule</hook>", ">other_rule</hook>");
        checkout.replace(HERE + "error_log.zodb.xml", "keep_entries\">30<", "keep_entries\">31<");
        checkout.replace(HERE + "browser_ids.zodb.xml", "browserid_name\">_ShopId<", "browserid_name\">_GitId<");
        checkout.replace(HERE + "sessions.zodb.xml", "_requestSessionName\">SHOP<", "_requestSessionName\">GIT<");
        checkout.replace(HERE + "temp.zodb.xml", ">Temporary<", ">From git<");
        checkout.replace(
                HERE + "props/__self__.zodb.xml",
                "<text>red</text><text>green</text></tuple>\n    </property>\n    <property name=\"text\"",
                "<text>red</text><text>blue</text></tuple>\n    </property>\n    <property name=\"text\"");
        checkout.replace(
                HERE + "props/__self__.zodb.xml", "type=\"selection\"><text>red<", "type=\"selection\"><text>blue<");
        checkout.write(HERE + "letter.tex", "\\TeX <dtml-var \"2 + 3\">\n");
        checkout.write(HERE + "simple/acl_users/getUserDetails.py", "return 'from git ' + name\n");
        checkout.replace(PAS + "users.zodb.xml", "login=\"bert\"", "login=\"berta\"");
        checkout.replace(PAS + "roles.zodb.xml", "    <principal name=\"ida\" role=\"Manager\"/>\n", "");
        checkout.replace(
                PAS + "groups.zodb.xml",
                "<principal name=\"u2\" group=\"staff\"/>",
                "<principal name=\"u2\" group=\"guests\"/>");
        String basic = "<plugin type=\"IExtractionPlugin\">basic</plugin>";
        String cookie = "<plugin type=\"IExtractionPlugin\">cookie</plugin>";
        checkout.replace(PAS + "plugins.zodb.xml", cookie + "\n    " + basic, basic);
        checkout.replace(PAS + "cookie/__self__.zodb.xml", "__shop", "__git");
        checkout.write(PAS + "cookie/login_form.pt", "<b tal:content=\"template/id\">from git</b>\n");
        checkout.replace(PAS + "dynamic/weekend.zodb.xml", "python: False", "python: True");
    }

    @Test
    void anEditedFileChangesWhatZopeDoes() throws IOException {
        String cacheId = site.look("at('/services/ram')._RAMCacheManager__cacheid");
        editAllFiles();
        push("Edit one of each");

        SoftAssertions softly = new SoftAssertions();
        looks(softly, "at('/services/ram').getSettings()['max_age']", "60");
        looks(softly, "at('/services/ram')._RAMCacheManager__cacheid", cacheId);
        looks(softly, "at('/services/http').getSettings()['interval']", "61");
        looks(softly, "at('/services/page').ZCacheable_getManager().getId()", "http");
        looks(softly, "at('/services/dtml')._proxy_roles", "('Owner',)");
        looks(
                softly,
                "at('/services/mail').smtp_host + ' ' + at('/services/mail').smtp_pwd",
                "smtp.example.org to be kept");
        looks(softly, "at('/services/db').tilevel", "1");
        looks(softly, "at('/services/db').connection_string", "dbname=shop password=to_be_kept");
        looks(softly, "at('/services/odbc').connx_string, at('/services/odbc').MaxRows", "DSN=shop;PWD=to_be_kept 11");
        looks(
                softly,
                "[v.REQUEST.set('TraversalRequestNameStack', []) or v(app, v.REQUEST)"
                        + " or v.REQUEST['TraversalRequestNameStack'] for v in [at('/services/virtual_hosting')]]",
                "[['/', 'virtual_hosting', 'ruled', 'services']]");
        looks(
                softly,
                "[f.__before_publishing_traverse__(f, f.REQUEST) or f.REQUEST.get('ruled')"
                        + " for f in [at('/services/ruled')]]",
                "['by another']");
        looks(softly, "at('/services/error_log').getProperties()['keep_entries']", "31");
        looks(softly, "at('/services/browser_ids').getBrowserIdName()", "_GitId");
        looks(softly, "at('/services/sessions').getRequestName()", "GIT");
        looks(softly, "at('/services/props').getProperty('colours')", "('red', 'blue')");
        looks(softly, "at('/services/props').getProperty('colour')", "blue");
        looks(softly, "at('/services/props').getProperty('mix')", "('red', 'green')");
        looks(softly, "at('/services/letter')(None, app.REQUEST).strip()", "\\TeX 5");
        looks(softly, "at('/services/simple/acl_users/getUserDetails')('ida')", "from git ida");
        String users = "at('/services/members/acl_users').";
        looks(
                softly,
                users + "users.authenticateCredentials({'login': 'berta', 'password': 'to be kept too'})",
                "('u2', 'berta')");
        looks(softly, users + "users.authenticateCredentials({'login': 'bert', 'password': 'to be kept too'})", "None");
        looks(softly, "sorted(" + users + "getUserById('ida').getRoles())", "['Authenticated', 'Clerk']");
        looks(softly, users + "groups.listAssignedPrincipals('guests')", "[('u2', 'berta')]");
        looks(softly, "list(" + users + "getUserById('ida').getGroups())", "['staff', 'weekend']");
        looks(
                softly,
                "[i for i, p in " + users + "plugins.listPlugins(__import__("
                        + "'Products.PluggableAuthService.interfaces.plugins', fromlist=['x']).IExtractionPlugin)]",
                "['basic']");
        looks(softly, users + "cookie.cookie_name", "__git");
        looks(softly, users + "cookie.login_form().strip()", "<b>login_form</b>");
        softly.assertAll();
    }

    @Test
    void zopesNextEditIsOneLine() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        nextEdit(softly, 1, 1, "ram.zodb.xml", """
                o = at('/services/ram')
                o.manage_editProps('RAM', dict(o.getSettings(), max_age=7))
                """);
        nextEdit(softly, 1, 1, "virtual_hosting.zodb.xml", """
                o = at('/services/virtual_hosting')
                o.set_map('\\n'.join(o.lines).replace('shop.', 'www.'))
                """);
        nextEdit(softly, 1, 0, "virtual_hosting.zodb.xml", """
                o = at('/services/virtual_hosting')
                o.set_map('\\n'.join(o.lines + ('new.example.org/services',)))
                """);
        nextEdit(softly, 1, 0, "ruled/__self__.zodb.xml", """
                from ZPublisher.BeforeTraverse import NameCaller, registerBeforeTraverse
                registerBeforeTraverse(at('/services/ruled'), NameCaller('other_rule'), 'Another', 7)
                """);
        nextEdit(
                softly,
                1,
                1,
                "error_log.zodb.xml",
                "at('/services/error_log').setProperties(3, 1, ('Unauthorized', 'NotFound'))");
        nextEdit(
                softly,
                1,
                1,
                "props/__self__.zodb.xml",
                "at('/services/props').manage_changeProperties(colour='green')");
        nextEdit(softly, 1, 1, "mail.zodb.xml", "at('/services/mail').smtp_port = 26");
        String users = "a = at('/services/members/acl_users')\n";
        nextEdit(
                softly,
                1,
                0,
                "members/acl_users/users.zodb.xml",
                users + "a.users.addUser('zoe', 'z@example.org', 'x')");
        nextEdit(
                softly, 1, 1, "members/acl_users/users.zodb.xml", users + "a.users.updateUser('zoe', 'y@example.org')");
        nextEdit(
                softly,
                1,
                0,
                "members/acl_users/roles.zodb.xml",
                users + "a.roles.assignRoleToPrincipal('Clerk', 'zoe')");
        nextEdit(
                softly,
                0,
                1,
                "members/acl_users/roles.zodb.xml",
                users + "a.roles.removeRoleFromPrincipal('Manager', 'ida')");
        nextEdit(
                softly,
                1,
                0,
                "members/acl_users/groups.zodb.xml",
                users + "a.groups.addPrincipalToGroup('zoe', 'staff')");
        nextEdit(softly, 1, 0, "members/acl_users/groups.zodb.xml", users + "a.groups.addGroup('new', 'New', '')");
        nextEdit(softly, 1, 1, "members/acl_users/plugins.zodb.xml", users + """
                from Products.PluggableAuthService.interfaces.plugins import IExtractionPlugin
                a.plugins.movePluginsUp(IExtractionPlugin, ['basic'])
                """);
        nextEdit(softly, 0, 1, "members/acl_users/plugins.zodb.xml", users + """
                from Products.PluggableAuthService.interfaces.plugins import IChallengePlugin
                a.plugins.deactivatePlugin(IChallengePlugin, 'basic')
                """);
        softly.assertAll();
        checkout.mustEqualDump();
    }

    private void nextEdit(SoftAssertions softly, int added, int removed, String file, String code) throws IOException {
        site.zope("edit " + file, code);
        String before = checkout.id("HEAD");
        checkout.zodb("pull");
        softly.assertThat(checkout.git("diff", "--numstat", before, "HEAD"))
                .as(code)
                .isEqualTo(added + "\t" + removed + "\tzodb/" + HERE + file);
    }

    @Test
    void aUserFolderComesBackWithItsUsersAndItsFolderFindsIt() throws IOException {
        for (String folder : List.of("services/members", "types/with_users")) {
            checkout.git("rm", "-r", "-q", "zodb/Application/" + folder);
            String parent = "Application/" + folder.replaceFirst("/.*", "/__self__.zodb.xml");
            checkout.replace(
                    parent, "    <child name=\"" + folder.replaceFirst(".*/", "") + "\" meta_type=\"Folder\"/>\n", "");
            checkout.commit("Without " + folder);
            checkout.zodb("push");
            checkout.zodb("pull");
            assertThat(site.list("/" + folder.replaceFirst("/.*", ""))).doesNotContain(folder.replaceFirst(".*/", ""));
            checkout.git("revert", "--no-edit", "HEAD");
            checkout.zodb("push");
            site.mustBeSoundToZope();
            assertThat(site.look("at('/" + folder + "').__allow_groups__.aq_base is at('/" + folder
                            + "').acl_users.aq_base"))
                    .isEqualTo("True");
        }
        assertThat(site.look("sorted(at('/services/members/acl_users').users.listUserIds())"))
                .isEqualTo("['ida', 'u2']");
        assertThat(site.look("at('/services/members/acl_users').getUserById('ida').getRoles()"))
                .contains("Clerk", "Manager");
        assertThat(site.look("at('/types/with_users/acl_users').getUserNames()"))
                .isEqualTo("['local user']");
    }

    @Test
    void anIgnoredUserFolderStaysAndItsFolderStillFindsIt() throws IOException {
        checkout.write(".zodbignore", "/Application/services/members/acl_users\n");
        checkout.git("rm", "-r", "-q", "--cached", "zodb/" + PAS);
        checkout.workbench().run(checkout.folder(), "rm", "-r", "zodb/" + PAS);
        checkout.commit("Leave the accounts alone");
        checkout.zodb("push");
        checkout.zodb("pull");
        assertThat(checkout.read(HERE + "members/__self__.zodb.xml")).contains("__allow_groups__", "<hook");
        checkout.replace(HERE + "members/__self__.zodb.xml", ">Members<", ">From git<");
        checkout.commit("Another title");
        checkout.zodb("push");
        site.mustBeSoundToZope();
        assertThat(site.look("at('/services/members').__allow_groups__.getUserById('ida').getRoles()"))
                .contains("Clerk", "Manager");
        assertThat(site.look("at('/services/members').title")).isEqualTo("From git");
    }
}
