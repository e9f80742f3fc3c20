package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords stay in the database, and whoever has none there cannot log in. Every password of the site is "secret". */
class SecretsIT {
    private static final String USERS = "Application/acl_users/";
    private static final String PAS = "Application/odd/pas/acl_users/users.zodb.xml";
    private static final List<String> REFUSED = List.of("", "secret", "{SSHA}", "None");

    @TempDir
    private Path temp;

    private Workbench workbench;
    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        workbench = Workbench.in(temp);
        checkout = workbench.bound("small");
        site = checkout.site();
    }

    private String push(String subject) throws IOException {
        checkout.commit(subject);
        String said = checkout.zodb("push");
        site.mustBeSoundToZope();
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        return said;
    }

    private boolean logsIn(String user, String password) throws IOException {
        return site.look("at('/acl_users').getUser('" + user + "').authenticate('" + password + "', None)")
                .equals("True");
    }

    private boolean logsInToPas(String login, String password) throws IOException {
        return !site.look("at('/odd/pas/acl_users/users').authenticateCredentials({'login': '" + login
                        + "', 'password': '" + password + "'})")
                .equals("None");
    }

    /** The hashes and other secrets that the database holds now. */
    private List<String> secrets() throws IOException {
        String text = site.look("'\\n'.join(x.decode() if isinstance(x, bytes) else x for x in"
                + " [getattr(u, '__') for u in at('/acl_users').getUsers()]"
                + " + list(at('/odd/pas/acl_users/users')._user_passwords.values())"
                + " + [at('/types/mail').smtp_pwd, at('/types/db').connection_string])");
        List<String> secrets = new ArrayList<>(text.lines().distinct().toList());
        secrets.removeIf(secret -> secret.equals("{SSHA}") || secret.isEmpty());
        assertThat(secrets).hasSizeGreaterThan(2);
        return secrets;
    }

    private static void mustHoldNone(String text, List<String> secrets) {
        for (String secret : secrets) {
            assertThat(text).doesNotContain(secret);
        }
    }

    /** Looks at every object of the repository, and at every file beside them. */
    private void mustBeNowhere(List<String> secrets) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "{ git cat-file --batch-all-objects --batch; find . -type f -exec cat {} +; } > ../all; shift;"
                        + " for s in \"$@\"; do if grep -aqF -e \"$s\" ../all; then echo \"found $s\"; fi; done;"
                        + " grep -aqF Zodb-Tid ../all && echo searched",
                "sh",
                ""));
        command.addAll(secrets);
        Ran ran = workbench.run(checkout.folder(), command.toArray(String[]::new));
        assertThat(ran.text().strip()).isEqualTo("searched");
    }

    @Test
    void aUserLogsInBeforeAndAfterAPush() throws IOException {
        assertThat(logsIn("mehmet", "secret")).isTrue();
        assertThat(logsInToPas("ida@example.org", "secret")).isTrue();
        checkout.replace(USERS + "mehmet.zodb.xml", "<text>Clerk</text>", "<text>Manager</text>");
        checkout.replace(PAS, "ida@example.org", "ida@example.net");
        checkout.replace(PAS, "<none name=\"title\"/>", "<text name=\"title\">Accounts</text>");
        assertThat(push("Other roles and logins")).doesNotContain("locked");

        assertThat(site.look("at('/acl_users').getUser('mehmet').getRoles()")).contains("Manager");
        assertThat(logsIn("mehmet", "secret")).isTrue();
        assertThat(logsInToPas("ida@example.net", "secret")).isTrue();
        assertThat(logsInToPas("ida@example.org", "secret")).isFalse();
        mustBeNowhere(secrets());
    }

    @Test
    void anAccountFromAFileIsLockedUntilZopeGivesItAPassword() throws IOException {
        checkout.write(
                USERS + "zoe.zodb.xml",
                checkout.read(USERS + "ida.zodb.xml").replace("<text>Manager</text>", "<text>Clerk</text>"));
        checkout.replace(
                USERS + "__self__.zodb.xml", "<child name=\"wei\"/>", "<child name=\"wei\"/>\n<child name=\"zoe\"/>");
        String ida = "<user name=\"ida\" login=\"ida@example.org\"/>";
        checkout.replace(PAS, ida, ida + "<user name=\"zoe\" login=\"zoe@example.org\"/>");
        assertThat(push("Zoe"))
                .contains("locked: /Application/acl_users/zoe: its __")
                .contains("locked: /Application/odd/pas/acl_users/users#_user_passwords: its zoe");

        assertThat(site.look("at('/acl_users').getUserNames()")).contains("'zoe'");
        assertThat(site.look("at('/odd/pas/acl_users/users').enumerateUsers()")).contains("zoe@example.org");
        for (String password : REFUSED) {
            assertThat(logsIn("zoe", password)).as(password).isFalse();
            assertThat(logsInToPas("zoe@example.org", password)).as(password).isFalse();
        }

        String before = checkout.id("HEAD");
        site.zope("password", "at('/acl_users').userFolderEditUser('zoe', 'n3w', ['Clerk'], [])");
        site.zope("password", "at('/odd/pas/acl_users/users').updateUserPassword('zoe', 'n3w')");
        assertThat(logsIn("zoe", "n3w")).isTrue();
        assertThat(logsInToPas("zoe@example.org", "n3w")).isTrue();
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.tree("HEAD")).isEqualTo(checkout.tree(before));
        mustBeNowhere(secrets());
        mustHoldNone(said(), secrets());

        checkout.replace(PAS, "<user name=\"zoe\" login=\"zoe@example.org\"/>", "");
        checkout.replace(USERS + "__self__.zodb.xml", "<child name=\"zoe\"/>", "");
        Files.delete(checkout.file(USERS + "zoe.zodb.xml"));
        checkout.zodb("canonicalize");
        push("Without Zoe");
        assertThat(site.look("at('/acl_users').getUserNames()")).doesNotContain("'zoe'");
        assertThat(logsInToPas("ida@example.org", "secret")).isTrue();
    }

    /** All that the commands which show something say. */
    private String said() throws IOException {
        String url = site.dataFs().toString();
        return checkout.zodb("diff", checkout.git("rev-list", "--max-parents=0", "HEAD"), "HEAD")
                + checkout.zodb("cat", "--from", url, "/Application/odd/pas/acl_users/users")
                + checkout.zodb("cat", "--from", url, "/Application/acl_users/ida")
                + checkout.zodb("ls", "--from", url, "-r", "/Application/acl_users")
                + checkout.zodb("info", "--from", url)
                + checkout.zodb("status")
                + checkout.git("log", "--all", "-p", "--notes");
    }

    @Test
    void secretsGoToGitOnlyIfTheUserSaysSoToo() throws IOException {
        String omitting = checkout.tree("HEAD");
        checkout.replace(".zodbconfig", "secrets = omit", "secrets = keep");
        checkout.commit("Let secrets out");
        Ran refused = checkout.tryZodb("push");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.text()).contains("git config zodb.zodb.secrets keep");
        mustBeNowhere(secrets());

        checkout.git("config", "zodb.zodb.secrets", "keep");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(USERS + "ida.zodb.xml")).contains("<text name=\"__\">{SSHA}");
        assertThat(checkout.read(PAS)).contains("<text>{SSHA}").doesNotContain("<secret");
        assertThat(logsIn("ida", "secret")).isTrue();

        checkout.replace(".zodbconfig", "secrets = keep", "secrets = omit");
        checkout.commit("Keep secrets in the database");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.tree("HEAD")).isEqualTo(omitting);
        assertThat(logsInToPas("ida@example.org", "secret")).isTrue();
    }

    @Test
    void aRuleOfTheSiteCannotBeTakenAwayByAFileAlone() throws IOException {
        String config = checkout.read(".zodbconfig");
        checkout.commitFile(".zodbconfig", config + "[class \"OFS.Folder.Folder\"]\n\tsecret = title\n");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read("Application/types/folder/__self__.zodb.xml")).contains("<secret");
        checkout.commitFile(".zodbconfig", config);
        Ran refused = checkout.tryZodb("push");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.text()).contains("git config zodb.zodb.secrets keep");
    }

    @Test
    void aNewDatabaseHasLockedAccountsAndTheSameTree() throws IOException {
        Path tree = temp.resolve("tree");
        Path fresh = temp.resolve("fresh.fs");
        assertThat(checkout.zodb("dump", "--from", site.dataFs().toString(), "-o", tree.toString()))
                .contains("6 in AccessControl.users.User")
                .contains("--keep-secrets");
        assertThat(checkout.zodb("load", "--dir", tree.toString(), "--into", fresh.toString(), "--create"))
                .contains("locked: /Application/acl_users/ida: its __")
                .contains("locked: /Application/types/db: its connection_string")
                .contains("locked: /Application/odd/pas/acl_users/users#_user_passwords: its ida");
        Path again = temp.resolve("again");
        checkout.zodb("dump", "--from", fresh.toString(), "-o", again.toString());
        assertThat(workbench
                        .run(temp, "diff", "-r", tree.toString(), again.toString())
                        .text())
                .isEmpty();

        Path config = tree.resolve(".zodbconfig");
        Files.writeString(config, Files.readString(config).replace("secrets = omit", "secrets = keep"));
        Ran refused = checkout.tryZodb("dump", "--from", site.dataFs().toString(), "-o", tree.toString());
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.text()).contains("--keep-secrets");
        mustBeNowhere(secrets());
        checkout.zodb("dump", "--keep-secrets", "--from", site.dataFs().toString(), "-o", tree.toString());
        assertThat(Files.readString(tree.resolve(PAS))).contains("{SSHA}");
    }

    @Test
    void aSitesOwnSecretsAreKnownToALookToo() throws IOException {
        Path rules = Files.writeString(
                temp.resolve("rules"),
                checkout.read(".zodbconfig") + "[class \"OFS.Folder.Folder\"]\n\tsecret = title\n");
        String database = site.dataFs().toString();
        String folder = "/types/folder";
        String shown = checkout.zodb("cat", "/Application" + folder);
        assertThat(shown).contains("name=\"title\"").doesNotContain("<secret name=\"title\"/>");
        assertThat(checkout.zodb("cat", "--settings", rules.toString(), "--from", database, "/Application" + folder))
                .contains("<secret name=\"title\"/>");

        workbench
                .run(temp, "git", "zodb", "clone", "--settings", rules.toString(), database, "ruled")
                .ok();
        Checkout ruled = checkout.at(temp.resolve("ruled"));
        assertThat(ruled.zodb("cat", "/Application" + folder)).contains("<secret name=\"title\"/>");
        ruled.zodb("dump", "-o", "../out", "/Application" + folder);
        assertThat(Files.readString(temp.resolve("out/Application" + folder + "/__self__.zodb.xml")))
                .contains("<secret name=\"title\"/>");
    }
}
