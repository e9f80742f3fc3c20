package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.SourceAttribute;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Set;

/** A content type of Dexterity: the model of its fields, if the type has its own, is an XML file. */
final class TypeInfoFormat implements ClassFormat {
    private static final SourceAttribute MODEL = new SourceAttribute("model_source", ".xml", Set.of(".xml"));

    @Override
    public Set<ClassName> classes() {
        return ClassList.of("plone.dexterity.fti.DexterityFTI");
    }

    @Override
    public int since() {
        return 2;
    }

    @Override
    public boolean hasSource() {
        return true;
    }

    @Override
    public List<SourceAttribute> sources(ObjectState treeState) {
        String model = Attributes.string(treeState.attribute(MODEL.name()));
        return model == null || model.isBlank() ? List.of() : List.of(MODEL);
    }
}
