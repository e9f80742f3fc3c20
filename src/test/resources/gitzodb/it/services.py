"""Adds a folder "services" with one of each service of core Zope, made by their own methods.

The products DTMLTeX, SimpleUserFolder and ZPyODBCDA are not to be had: their objects are made of classes with the same
bases, names and attributes.
"""
import importlib
import sys
import types


def factory(module, name):
    return getattr(importlib.import_module(module), name)


def put(parent, ob, ident=None):
    ident = ident or ob.getId()
    if ident not in parent.objectIds():
        parent._setObject(ident, ob)
    return parent._getOb(ident)


def stand_in(module, name, bases, **attributes):
    home = sys.modules.setdefault(module, types.ModuleType(module))
    cls = type(name, bases, dict(attributes, __module__=module))
    setattr(home, name, cls)
    return cls


Folder = factory('OFS.Folder', 'Folder')
Script = factory('Products.PythonScripts.PythonScript', 'PythonScript')


def folder(parent, ident, title=''):
    made = put(parent, Folder(ident))
    made.title = title
    return made


def script(parent, ident, params, body):
    made = put(parent, Script(ident))
    made.ZPythonScript_edit(params, body)
    return made


s = folder(app, 'services', 'Services')

# Caches
factory('Products.StandardCacheManagers.RAMCacheManager', 'manage_addRAMCacheManager')(s, 'ram')
s.ram.manage_editProps('RAM', {'threshold': 500, 'cleanup_interval': 300, 'request_vars': ('AUTHENTICATED_USER', 'lang'), 'max_age': 3600})
factory('Products.StandardCacheManagers.AcceleratedHTTPCacheManager', 'manage_addAcceleratedHTTPCacheManager')(s, 'http')
put(s, factory('Products.PageTemplates.ZopePageTemplate', 'ZopePageTemplate')('page', '<p>x</p>'))
s.page.ZCacheable_setManagerId('ram')
factory('OFS.DTMLMethod', 'addDTMLMethod')(s, 'dtml', file='hello')
s.dtml.manage_proxy(['Manager'])
s.dtml.ZCacheable_setManagerId('http')

# Mail and databases
factory('Products.MailHost.MailHost', 'manage_addMailHost')(s, 'mail', 'Mail', 'mail.example.org', 25)
s.mail.manage_makeChanges('Mail', 'mail.example.org', 587, smtp_uid='shop', smtp_pwd='to be kept')
factory('Products.ZPsycopgDA.DA', 'manage_addZPsycopgConnection')(s, 'db', 'PostgreSQL', 'dbname=shop password=to_be_kept', zdatetime=True, tilevel=2, encoding='utf-8')
Odbc = stand_in('Products.ZPyODBCDA.DA', 'pyodbcConnection', (factory('Shared.DC.ZRDB.Connection', 'Connection'),), meta_type='Z PyODBC Database Connection')
odbc = Odbc('odbc', 'ODBC', repr({'connx_string': 'DSN=shop;PWD=to_be_kept'}), None)
odbc.connx_string, odbc.MaxRows, odbc.auto_commit = 'DSN=shop;PWD=to_be_kept', 10, False
put(s, odbc)

# What is called when a folder is traversed
factory('Products.SiteAccess.VirtualHostMonster', 'manage_addVirtualHostMonster')(s)
s.virtual_hosting.set_map('shop.example.org/services\n*.example.org:8080/services/VirtualHostRoot/_vh_shop\nno.path.example.org/nothing/here')
ruled = folder(s, 'ruled', 'Has an access rule')
script(ruled, 'rule', '', "container.REQUEST.set('ruled', 'by rule')\n")
script(ruled, 'other_rule', '', "container.REQUEST.set('ruled', 'by another')\n")
hooks = importlib.import_module('ZPublisher.BeforeTraverse')
hooks.registerBeforeTraverse(ruled, hooks.NameCaller('rule'), 'AccessRule')

# Errors and sessions
put(s, factory('Products.SiteErrorLog.SiteErrorLog', 'SiteErrorLog')(), 'error_log')
s.error_log.setProperties(30, 1, ('Unauthorized', 'NotFound'))
factory('Products.Sessions.BrowserIdManager', 'constructBrowserIdManager')(s, 'browser_ids', 'Browser ids', idname='_ShopId')
factory('Products.Sessions.SessionDataManager', 'constructSessionDataManager')(s, 'sessions', 'Sessions', '/services/temp/data', 'SHOP')
put(s, factory('Products.TemporaryFolder.TemporaryFolder', 'MountedTemporaryFolder')('temp', 'Temporary'))

# Properties
p = folder(s, 'props')
p._setProperty('colours', ['red', 'green'], 'lines')
p._setProperty('text', 'one\ntwo\n', 'text')
p._setProperty('colour', 'colours', 'selection')
p.colour = 'red'
p._setProperty('mix', 'colours', 'multiple selection')
p._updateProperty('mix', ['red', 'green'])
p._setProperty('since', factory('DateTime', 'DateTime')('2024/05/01 10:00:00 UTC'), 'date')

# DTML TeX, Simple User Folder
Method = factory('OFS.DTMLMethod', 'DTMLMethod')
Tex = stand_in('Products.DTMLTeX.DTMLTeX', 'DTMLTeX', (Method, factory('OFS.PropertyManager', 'PropertyManager')), meta_type='DTML TeX', _properties=())
put(s, Tex('\\TeX <dtml-var "1 + 1">\n', __name__='letter'), 'letter')
bases = (factory('OFS.ObjectManager', 'ObjectManager'), factory('OFS.userfolder', 'BasicUserFolder'))
Suf = stand_in('Products.SimpleUserFolder.SimpleUserFolder', 'SimpleUserFolder', bases, meta_type='Simple User Folder', id='acl_users', getUserNames=lambda self: (), getUsers=lambda self: (), getUser=lambda self, name: None)
users = put(folder(s, 'simple'), Suf(), 'acl_users')
script(users, 'getUserDetails', 'name', 'return name\n')
s.simple.__allow_groups__ = users.aq_base

# PluggableAuthService
PAS = 'Products.PluggableAuthService.'
service = factory(PAS + 'PluggableAuthService', 'PluggableAuthService')()
registry = factory('Products.PluginRegistry.PluginRegistry', 'PluginRegistry')(factory(PAS + 'PluggableAuthService', '_PLUGIN_TYPE_INFO'))
registry._setId('plugins')
service._setObject('plugins', registry)
a = put(folder(s, 'members', 'Members'), service, 'acl_users')


def plug(module, ident, *args):
    put(a, factory(PAS + 'plugins.' + module, module)(ident, *args))


plug('ZODBUserManager', 'users', None)
plug('ZODBRoleManager', 'roles', None)
plug('ZODBGroupManager', 'groups', None)
plug('CookieAuthHelper', 'cookie', 'Cookie', '__shop')
plug('HTTPBasicAuthHelper', 'basic', None)
plug('DynamicGroupsPlugin', 'dynamic', '')
a.users.addUser('ida', 'ida', 'to be kept')
a.users.addUser('u2', 'bert', 'to be kept too')
a.roles.addRole('Clerk', 'Clerk', 'sells')
for role, who in [('Clerk', 'ida'), ('Manager', 'ida'), ('Clerk', 'u2')]:
    a.roles.assignRoleToPrincipal(role, who)
a.groups.addGroup('staff', 'Staff', 'all who work here')
a.groups.addGroup('guests')
for who in ['ida', 'u2']:
    a.groups.addPrincipalToGroup(who, 'staff')
a.dynamic.addGroup('weekend', 'python: False', 'At weekends', '', True)
interfaces = importlib.import_module(PAS + 'interfaces.plugins')
for interface, ids in [
        ('IAuthenticationPlugin', ['users']), ('IUserEnumerationPlugin', ['users']), ('IRolesPlugin', ['roles']),
        ('IRoleEnumerationPlugin', ['roles']), ('IGroupsPlugin', ['groups', 'dynamic']),
        ('IExtractionPlugin', ['cookie', 'basic']), ('IChallengePlugin', ['cookie', 'basic'])]:
    for ident in ids:
        a.plugins.activatePlugin(getattr(interfaces, interface), ident)
