# Saves the objects of the fixture, services.py and more_classes.py as their forms do it, with the values they have.
# Each block is one transaction.
# == Application
app.manage_changeProperties(title=app.title)
app._updateProperty('title', app.title)
# == Folder: properties
for path in ['/types/folder', '/security', '/services/props', '/types/ordered', '/types/btree', '/more/shop0']:
    o = at(path)
    o.manage_changeProperties(**dict(o.propertyItems()))
# == Folder: the form of properties
o = at('/security')
o.REQUEST.form.update(o.propertyItems())
type(o.aq_base).manage_propertiesForm, kept = (lambda *args, **kw: None), type(o.aq_base).manage_propertiesForm
o.manage_editProperties(o.REQUEST)
type(o.aq_base).manage_propertiesForm = kept
# == Folder: permissions
from AccessControl.Permission import Permission
for path in ['/types/folder', '/security']:
    o = at(path)
    for permission in o.ac_inherited_permissions(1):
        name, value = permission[:2]
        p = Permission(name, value, o)
        roles = p.getRoles(default=[])
        p.setRoles(type(roles)(r for r in o.valid_roles() if r in roles))
# == Folder: one permission
o = at('/security')
for name in ['View', 'Add Folders', 'Delete objects']:
    kept = o.permission_settings(name)[0]
    chosen = [r['name'] for r in o.rolesOfPermission(name) if r['selected']]
    o.manage_permission(name, chosen, bool(kept['acquire']))
# == Folder: its lists as a database of Python 2 had them
for path in ['/types', '/security']:
    o = at(path)
    o._objects = tuple({key: entry[key] for key in sorted(entry, reverse=True)} for entry in o._objects)
    if '_properties' in o.__dict__:
        o._properties = tuple({key: entry[key] for key in sorted(entry, reverse=True)} for entry in o._properties)
# == Folder: local roles
o = at('/security')
for user, roles in o.get_local_roles():
    o.manage_setLocalRoles(user, list(roles))
# == Folder: a role more and a role less
o = at('/security')
o._addRole('Visitor')
o._delRoles(['Visitor'])
# == Folder: owner
o = at('/security')
o.changeOwnership(o.getOwner(), 0)
# == Folder: a child added and deleted
for path in ['/types/folder', '/types/ordered', '/types/btree']:
    from OFS.Folder import Folder
    o = at(path)
    o._setObject('for_a_moment', Folder('for_a_moment'))
    o._delObject('for_a_moment')
# == Folder: a child renamed twice
o = at('/types')
before = list(o.objectIds())
o.manage_renameObject('query_sql', 'x')
o.manage_renameObject('x', 'query_sql')
o._objects = tuple(sorted(o._objects, key=lambda entry: before.index(entry['id'])))
# == Folder (Ordered)
o = at('/types/ordered')
for position, name in enumerate(list(o.objectIds())):
    o.moveObjectToPosition(name, position)
o.moveObjectsUp(['mango'])
# == BTreeFolder2: count and clean-up
o = at('/types/btree')
o.manage_fixCount()
o.manage_cleanup()
# == Script (Python)
for path in ['/types/script.py', '/types/script_no_newline', '/types/script_with_error', '/services/ruled/rule']:
    o = at(path)
    o.ZPythonScript_setTitle(o.title)
    o.ZPythonScript_edit(o._params, o._body)
    o._v_change = 1
    o.ZPythonScript_edit(o._params, o._body)
# == Script (Python): bindings, proxy roles
o = at('/types/script.py')
o.ZBindings_edit(o.getBindingAssignments().getAssignedNames())
o.manage_proxy(list(o._proxy_roles))
# == Script (Python): uploaded
o = at('/types/script.py')
o.write(o.read())
# == Page Template
for path in ['/types/template.pt', '/types/template.xml', '/services/page', '/index_html']:
    o = at(path)
    o.pt_setTitle(o.title, 'utf-8')
    o.expand = o.expand
    o.pt_edit(o.read(), o.content_type, True)
    o.ZCacheable_setManagerId(o.ZCacheable_getManagerId())
    o.ZBindings_edit(o.getBindingAssignments().getAssignedNames())
# == DTML Method, DTML Document
for path in ['/types/dtml_method', '/types/dtml_document', '/services/dtml']:
    o = at(path)
    o.manage_edit(o.read(), o.title)
    o.manage_upload(o.read())
    o.manage_proxy(list(o._proxy_roles))
    o.ZCacheable_setManagerId(o.ZCacheable_getManagerId())
# == DTML Document: properties
o = at('/types/dtml_document')
o.manage_changeProperties(**dict(o.propertyItems()))
# == Z SQL Method
o = at('/types/query_sql')
o.manage_edit(o.title, o.connection_id, o.arguments_src, o.src)
o.manage_advanced(o.max_rows_, o.max_cache_, o.cache_time_, o.class_name_, o.class_file_, connection_hook=o.connection_hook)
# == External Method
o = at('/types/external')
o.getFunction = lambda *args: None
o.manage_edit(o.title, o._module, o._function)
del o.getFunction
# == File, Image: title and type
for path in ['/types/data.bin', '/types/main.css', '/types/folder/empty.txt', '/types/chunks.bin', '/types/logo.png']:
    o = at(path)
    o.manage_edit(o.title, o.content_type, o.precondition)
# == File, Image: the same content uploaded
import io
for path in ['/types/data.bin', '/types/main.css', '/types/chunks.bin', '/types/logo.png', '/more/large']:
    o = at(path)
    upload = io.BytesIO(bytes(o.data))
    upload.headers, upload.filename = {'content-type': o.content_type}, o.getId()
    o.manage_upload(upload)
# == File, Image: edited in the browser
for path in ['/types/main.css']:
    o = at(path)
    o.manage_edit(o.title, o.content_type, o.precondition, bytes(o.data))
# == User Folder: its properties
o = at('/more/users/acl_users')
o.manage_setUserFolderProperties(o.encrypt_passwords, 0, o.maxlistusers)
# == User Folder: a user
for path, name in [('/more/users/acl_users', 'ida'), ('/types/with_users/acl_users', 'local user')]:
    o = at(path)
    user = o.getUser(name)
    o._doChangeUser(name, None, [r for r in user.getRoles() if r != 'Authenticated'], list(user.getDomains()))
# == RAM Cache Manager
for path in ['/types/ram_cache', '/services/ram']:
    o = at(path)
    o.manage_editProps(o.title, o.getSettings())
# == Accelerated HTTP Cache Manager
for path in ['/types/http_cache', '/services/http']:
    o = at(path)
    o.manage_editProps(o.title, o.getSettings())
# == A cache manager asked what it holds, and emptied
o = at('/services/ram')
o.getCacheReport()
o.manage_invalidate(['/services/page'])
# == Mail Host
for path in ['/types/mail', '/services/mail']:
    o = at(path)
    o.manage_makeChanges(o.title, o.smtp_host, o.smtp_port, o.smtp_uid, o.smtp_pwd, o.smtp_queue, o.smtp_queue_directory, o.force_tls, o.implicit_tls)
# == Z Psycopg Database Connection
for path in ['/types/db', '/services/db']:
    o = at(path)
    o.manage_edit(o.title, o.connection_string, o.zdatetime, None, o.tilevel, o.encoding)
# == Virtual Host Monster
for path in ['/services/virtual_hosting', '/virtual_hosting']:
    o = at(path)
    o.set_map('\n'.join(o.lines))
# == Error Log
o = at('/services/error_log')
o.setProperties(o.keep_entries, o.copy_to_zlog, o._ignored_exceptions)
# == Browser Id Manager
for path in ['/services/browser_ids', '/types/browser_ids']:
    o = at(path)
    o.manage_changeBrowserIdManager(o.title, o.browserid_name, o.browserid_namespaces, o.cookie_path, o.cookie_domain, o.cookie_life_days, o.cookie_secure, o.cookie_http_only, o.auto_url_encoding, o.cookie_same_site)
# == Session Data Manager
for path in ['/services/sessions', '/types/sessions']:
    o = at(path)
    o.manage_changeSDM(o.title, o.getContainerPath(), o.getRequestName())
# == Transient Object Container
o = at('/more/sessions')
o.manage_changeTransientObjectContainer(o.title, o.getTimeoutMinutes(), o.getAddNotificationTarget(), o.getDelNotificationTarget(), o.getSubobjectLimit(), o.getPeriodSeconds())
# == Access rule set again
from ZPublisher.BeforeTraverse import NameCaller, registerBeforeTraverse, unregisterBeforeTraverse
o = at('/services/ruled')
unregisterBeforeTraverse(o, 'AccessRule')
registerBeforeTraverse(o, NameCaller('rule'), 'AccessRule')
# == PluggableAuthService: plugins
from Products.PluggableAuthService.interfaces import plugins as interfaces
for path in ['/services/members/acl_users', '/odd/pas/acl_users', '/more/members/acl_users']:
    registry = at(path).plugins
    for entry in registry.listPluginTypeInfo():
        for ident in [i for i, _ in registry.listPlugins(entry['interface'])]:
            registry.deactivatePlugin(entry['interface'], ident)
            registry.activatePlugin(entry['interface'], ident)
# == PluggableAuthService: what a plugin does
for path, names in [('/services/members/acl_users', ['users', 'roles', 'groups', 'cookie', 'basic', 'dynamic'])]:
    registry = at(path).plugins
    order = {e['interface']: list(registry.listPluginIds(e['interface'])) for e in registry.listPluginTypeInfo()}
    for name in names:
        plugin = at(path)._getOb(name)
        plugin.manage_activateInterfaces([e['id'] for e in registry.listPluginTypeInfo() if name in order[e['interface']]])
    for interface, ids in order.items():
        for ident in ids:
            registry.movePluginsDown(interface, [ident]) if list(registry.listPluginIds(interface)) != ids else None
# == PluggableAuthService: users, roles, groups
a = at('/services/members/acl_users')
for user in a.users.listUserInfo():
    a.users.updateUser(user['user_id'], user['login_name'])
for role in a.roles.listRoleInfo():
    a.roles.updateRole(role['id'], role['title'], role['description'])
for principal in ['ida', 'u2']:
    for role in a.roles.getRolesForPrincipal(a.getUserById(principal)):
        a.roles.assignRoleToPrincipal(role, principal)
for group in a.groups.listGroupInfo():
    a.groups.updateGroup(group['id'], group['title'], group['description'])
a.groups.addPrincipalToGroup('ida', 'staff')
for group in a.dynamic.listGroupInfo():
    a.dynamic.updateGroup(group['id'], group['predicate'], group['title'], group['description'], group['active'])
# == PluggableAuthService: a role taken and given
a = at('/services/members/acl_users')
a.roles.removeRoleFromPrincipal('Clerk', 'u2')
a.roles.assignRoleToPrincipal('Clerk', 'u2')
a.groups.removePrincipalFromGroup('u2', 'staff')
a.groups.addPrincipalToGroup('u2', 'staff')
# == PluggableAuthService: a user added and deleted
a = at('/services/members/acl_users')
a.users.addUser('x', 'x@example.org', 'secret')
a.users.removeUser('x')
# == PluggableAuthService: properties of plugins
for path in ['/services/members/acl_users', '/more/members/acl_users']:
    for plugin in at(path).objectValues():
        if hasattr(plugin.aq_base, 'manage_changeProperties'):
            plugin.manage_changeProperties(**dict(plugin.propertyItems()))
# == PluggableAuthService: other plugins
a = at('/more/members/acl_users')
a.ChallengeProtocolChooser.manage_updateProtocolMapping({'Browser': ['http']})
a.ScriptablePlugin.manage_updateInterfaces(['IAuthenticationPlugin'])
# == Z Catalog: an object of which nothing changed
c = at('/more/catalog')
c.catalog_object(at('/more/shop1'), '/more/shop1')
at('/catalog').catalog_object(at('/types/btree/page-003'), '/types/btree/page-003')
# == Z Catalog: all objects again
at('/more/catalog')._catalog.updateMetadata
c = at('/more/catalog')
c.refreshCatalog(clear=0)
# == Z Catalog: an index emptied and filled again
c = at('/more/catalog')
for name in c.indexes():
    c.manage_reindexIndex([name])
# == Z Catalog: cleared and filled again
c = at('/more/catalog')
c.refreshCatalog(clear=1)
# == Z Catalog: searched
c = at('/more/catalog')
[b.getRID() for b in c(id='shop1', words=['a'])]
c(text='shop')
c(valid=__import__('DateTime').DateTime(2024, 5, 5))
# == Z Catalog: an index and a column added and deleted
from Products.PluginIndexes.FieldIndex.FieldIndex import FieldIndex
c = at('/more/catalog')
c.addIndex('meta_type', FieldIndex('meta_type'))
c.addColumn('meta_type')
c.delColumn('meta_type')
c.delIndex('meta_type')
# == Z Catalog: settings
at('/more/catalog').manage_editCatalogReport(at('/more/catalog').long_query_time)
i = at('/more/catalog')._catalog.indexes['valid']
i._edit(i._since_field, i._until_field, i.floor_value, i.ceiling_value, i.precision_value)
# == Objects marked as changed
def walk(o):
    o._p_changed = 1
    if getattr(o, 'meta_type', 'Connection').endswith('Connection'):
        return
    for child in getattr(o, 'objectValues', list)():
        walk(child)
for path in ['/types', '/services', '/more', '/security']:
    walk(at(path))
