package gitzodb.formats;

import gitzodb.classes.ClassFormat;
import gitzodb.zodb.ClassName;
import java.util.Set;

/** Objects too small, or too much part of their holder, for a file of their own. */
final class SatelliteFormat implements ClassFormat {
    @Override
    public Set<ClassName> classes() {
        return ClassList.of(
                "Products.CMFCore.Expression.Expression",
                "Products.CMFCore.ActionInformation.ActionInformation",
                "Products.DCWorkflow.Guard.Guard",
                "Products.MimetypesRegistry.MimeTypeItem.MimeTypeItem",
                "Products.MimetypesRegistry.mime_types.magic.guessMime",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.text_plain",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.text_pre_plain",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.text_structured",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.text_rest",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.text_python",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.text_wiki",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.application_rtf",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.application_msword",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.text_xml",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.text_html",
                "Products.MimetypesRegistry.mime_types.mtr_mimetypes.application_octet_stream",
                "Products.CMFEditions.ArchivistTool.ObjectData",
                "Products.CMFEditions.ZVCStorageTool.ShadowHistory",
                "Products.ZopeVersionControl.Version.Version",
                "Products.ZopeVersionControl.VersionHistory.BranchInfo",
                "Products.ZopeVersionControl.VersionHistory.VersionHistory",
                "Products.ZopeVersionControl.EventLog.LogEntry",
                "five.intid.keyreference.KeyReferenceToPersistent",
                "z3c.relationfield.relation.RelationValue",
                "plone.registry.field.ASCII",
                "plone.registry.field.ASCIILine",
                "plone.registry.field.Bool",
                "plone.registry.field.Bytes",
                "plone.registry.field.BytesLine",
                "plone.registry.field.Choice",
                "plone.registry.field.Date",
                "plone.registry.field.Datetime",
                "plone.registry.field.Decimal",
                "plone.registry.field.Dict",
                "plone.registry.field.DottedName",
                "plone.registry.field.Float",
                "plone.registry.field.FrozenSet",
                "plone.registry.field.Id",
                "plone.registry.field.Int",
                "plone.registry.field.JSONField",
                "plone.registry.field.List",
                "plone.registry.field.Password",
                "plone.registry.field.Set",
                "plone.registry.field.SourceText",
                "plone.registry.field.Text",
                "plone.registry.field.TextLine",
                "plone.registry.field.Time",
                "plone.registry.field.Timedelta",
                "plone.registry.field.Tuple",
                "plone.registry.field.URI");
    }

    @Override
    public boolean isSatellite() {
        return true;
    }
}
