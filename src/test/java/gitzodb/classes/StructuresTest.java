package gitzodb.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.classes.Structure.Kind;
import gitzodb.classes.Structure.Letter;
import gitzodb.classes.Structure.Node;
import gitzodb.classes.Structure.Plain;
import gitzodb.zodb.ClassName;
import org.junit.jupiter.api.Test;

class StructuresTest {
    @Test
    void knowsEveryNodeClassOfAFamily() {
        for (Kind kind : Kind.values()) {
            Structure found = Structures.of(ClassName.parse("BTrees.LOBTree.LO" + kind.suffix()));
            assertThat(found).isEqualTo(new Node(Structures.family("LO"), kind));
        }
    }

    @Test
    void knowsTheLimitsOfAFamily() {
        assertThat(Structures.family("OO").maxLeaf()).isEqualTo(30);
        assertThat(Structures.family("OI").maxLeaf()).isEqualTo(60);
        assertThat(Structures.family("IO").maxLeaf()).isEqualTo(60);
        assertThat(Structures.family("QF").maxLeaf()).isEqualTo(120);
        assertThat(Structures.family("fs").maxLeaf()).isEqualTo(500);
        assertThat(Structures.family("OO").maxInternal()).isEqualTo(250);
        assertThat(Structures.family("II").maxInternal()).isEqualTo(500);
        assertThat(Structures.family("fs").key()).isEqualTo(Letter.BYTES2);
    }

    @Test
    void aSubclassAndAnUnknownFamilyAreNoStructure() {
        assertThat(Structures.of(ClassName.parse("shop.trees.PriceTree"))).isEqualTo(Plain.NONE);
        assertThat(Structures.of(ClassName.parse("BTrees.FOBTree.FOBTree"))).isEqualTo(Plain.NONE);
        assertThatThrownBy(() -> Structures.family("XX")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bareStructuresHoldDataOnly() {
        assertThat(Structures.isBare(ClassName.parse("persistent.mapping.PersistentMapping")))
                .isTrue();
        assertThat(Structures.isBare(ClassName.parse("BTrees.OOBTree.OOSet"))).isTrue();
        assertThat(Structures.isBare(ClassName.parse("ZODB.blob.Blob"))).isFalse();
        assertThat(Structures.isBare(ClassName.parse("OFS.Image.Pdata"))).isFalse();
    }
}
