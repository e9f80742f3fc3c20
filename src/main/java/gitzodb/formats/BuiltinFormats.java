package gitzodb.formats;

import gitzodb.classes.ClassFormat;
import gitzodb.classes.ClassFormats;
import java.util.List;

/** The formats that come with the program. */
public final class BuiltinFormats {
    private BuiltinFormats() {}

    public static List<ClassFormat> all() {
        return List.of(
                ContainerFormat.application(),
                ContainerFormat.folders(),
                ContainerFormat.foldersSince2(),
                ContainerFormat.btreeFolders(),
                ContainerFormat.pyramidFolders(),
                ContainerFormat.mappings(),
                ContainerFormat.userFolders(),
                ContainerFormat.workflows(),
                ContainerFormat.workflowTabs(),
                ContainerFormat.ploneSites(),
                ContainerFormat.sampleContainers(),
                new ScriptFormat(1),
                new ScriptFormat(2),
                new PageTemplateFormat(1),
                new PageTemplateFormat(2),
                new DtmlFormat(1),
                new DtmlFormat(2),
                new SqlMethodFormat(),
                new ExternalMethodFormat(),
                FileFormat.file(),
                FileFormat.image(),
                new UserFormat(),
                new ConnectionFormat(),
                new ProcessIdFormat(),
                new VirtualHostFormat(),
                new RegistryFormat(),
                new CatalogIndexFormat(),
                new ComponentLookupFormat(),
                new RichTextFormat(),
                new NamedBlobFormat(),
                new TypeInfoFormat(),
                new SatelliteFormat());
    }

    public static ClassFormats formats() {
        return new ClassFormats(all());
    }
}
