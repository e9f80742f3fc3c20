package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalPolicyTest {
    private final GlobalPolicy strict = GlobalPolicy.of(
            Set.of(new ClassName("my.product", "Thing"), new ClassName("os", "system"))::contains,
            "git config --add zodb.shop.allow");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.system",
                "os.path.join",
                "posix.system",
                "subprocess.Popen",
                "builtins.eval",
                "builtins.exec",
                "__builtin__.eval",
                "__builtin__.execfile",
                "posixpath:os.system",
                "shutil.rmtree",
                "importlib.import_module",
                "ctypes.CDLL",
                "types.FunctionType",
                "builtins.__import__",
                "a.b:f.__globals__"
            })
    void neverWritesWhatRunsCode(String name) {
        assertThat(strict.objection(ClassName.parse(name))).isPresent();
        assertThat(GlobalPolicy.trustingTree().objection(ClassName.parse(name)))
                .hasValueSatisfying(why -> assertThat(why).contains("never written"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my.product.Thing",
                "BTrees.OOBTree.OOBTree",
                "builtins.set",
                "persistent.mapping.PersistentMapping",
                "datetime.datetime",
                "copy_reg._reconstructor",
                "Shared.DC.Scripts.Bindings.NameAssignments",
                "ZPublisher.BeforeTraverse.MultiHook",
                "ZPublisher.BeforeTraverse.NameCaller"
            })
    void writesWhatTheDatabaseHoldsAndWhatIsPlainData(String name) {
        assertThat(strict.objection(ClassName.parse(name))).isEmpty();
    }

    @Test
    void refusesAClassTheDatabaseDoesNotHold() {
        assertThat(strict.objection(ClassName.parse("evil.product.Thing")))
                .hasValueSatisfying(why -> assertThat(why).contains("evil.product.Thing"));
        assertThat(GlobalPolicy.trustingTree().objection(ClassName.parse("evil.product.Thing")))
                .isEmpty();
    }

    @Test
    void doesNotDenyGetattr() {
        assertThat(GlobalPolicy.of(name -> true, "--allow").objection(ClassName.parse("builtins.getattr")))
                .isEmpty();
        assertThat(strict.objection(ClassName.parse("builtins.getattr"))).isPresent();
    }

    @Test
    void knowsExtensionCodesByNumber() {
        ClassName name = GlobalPolicy.name(new Value.Extension(7));
        assertThat(strict.objection(name)).isPresent();
        assertThat(GlobalPolicy.of(name::equals, "--allow").objection(name)).isEmpty();
    }
}
