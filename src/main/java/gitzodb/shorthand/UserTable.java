package gitzodb.shorthand;

import gitzodb.xml.Element;
import gitzodb.zodb.CanonicalOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The users of a ZODBUserManager, which are in three BTrees: {@code <users>}, one {@code <user name="…" login="…"/>} a
 * user. A user holds the hash of the password, or nothing where that is kept back.
 */
final class UserTable implements Shorthand {
    private static final String USERS = "users";
    private static final String USER = "user";
    private static final String LOGINS = "_login_to_userid";
    private static final String HASHES = "_user_passwords";
    private static final String NAMES = "_userid_to_login";

    @Override
    public Set<String> classes() {
        return Set.of(
                "Products.PluggableAuthService.plugins.ZODBUserManager.ZODBUserManager",
                "Products.PlonePAS.plugins.user.UserManager");
    }

    @Override
    public Optional<Element> shorten(Element object, Native text) {
        Element hashes = Parts.tree(object, HASHES);
        Element names = Parts.tree(object, NAMES);
        if (hashes == null
                || names == null
                || Parts.tree(object, LOGINS) == null
                || hashes.children().size() != names.children().size()) {
            return Optional.empty();
        }
        List<Element> users = new ArrayList<>();
        for (int i = 0; i < names.children().size(); i++) {
            Element hash = hashes.children().get(i);
            String login = text.text(names.children().get(i));
            String name = hash.get("name");
            if (name == null
                    || login == null
                    || !name.equals(names.children().get(i).get("name"))) {
                return Optional.empty();
            }
            boolean kept = hash.equals(secret(name));
            Element user = kept ? Element.of(USER) : Element.of(USER, hash.without("name"));
            user = user.with("name", name);
            users.add(login.equals(name) ? user : user.with("login", login));
        }
        return Optional.of(Parts.replaced(object, Map.of(LOGINS, Element.of(USERS, users)), Set.of(HASHES, NAMES)));
    }

    private static Element secret(String name) {
        return Element.of("secret").with("name", name);
    }

    @Override
    public Element lengthen(Element object, Native text) {
        Parts.Taken taken = Parts.take(object, USERS, LOGINS, HASHES, NAMES).orElse(null);
        if (taken == null) {
            return object;
        }
        List<Element> hashes = new ArrayList<>();
        List<Element> names = new ArrayList<>();
        TreeMap<String, String> byLogin = new TreeMap<>(CanonicalOrder.CODE_POINTS);
        Set<String> seen = new HashSet<>();
        for (Element user : taken.child().children()) {
            Parts.only(user, USER, Set.of("name", "login"));
            String name = Parts.needed(user, "name");
            String login = user.get("login") == null ? name : Parts.needed(user, "login");
            if (user.children().size() > 1 || !user.text().isBlank()) {
                throw new IllegalArgumentException("user " + name + " holds more than the hash of a password");
            }
            if (!seen.add(name) || byLogin.put(login, name) != null) {
                throw new IllegalArgumentException("two users of the name or login " + name);
            }
            hashes.add(
                    user.children().isEmpty()
                            ? secret(name)
                            : user.children().getFirst().with("name", name));
            names.add(text.named(name, login));
        }
        List<Element> logins = new ArrayList<>();
        byLogin.forEach((login, name) -> logins.add(text.named(login, name)));
        return Parts.plus(
                taken.rest(), Parts.tree(LOGINS, logins), Parts.tree(HASHES, hashes), Parts.tree(NAMES, names));
    }
}
