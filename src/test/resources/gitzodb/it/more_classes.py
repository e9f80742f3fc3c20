"""Adds a folder "more" with the classes of Zope that neither the fixture nor services.py has, made by their own methods."""
import importlib
import io


def factory(module, name):
    return getattr(importlib.import_module(module), name)


def put(parent, ob, ident=None):
    ident = ident or ob.getId()
    if ident not in parent.objectIds():
        parent._setObject(ident, ob)
    return parent._getOb(ident)


class Extra:
    def __init__(self, **named):
        self.__dict__.update(named)


m = put(app, factory('OFS.Folder', 'Folder')('more'))

# Users, files, sessions, a BTree
m.prices = factory('BTrees.OOBTree', 'OOBTree')({'apple': 3, 'pear': 4})
factory('OFS.userfolder', 'manage_addUserFolder')(put(m, factory('OFS.Folder', 'Folder')('users')))
m.users.acl_users._doAddUser('ida', 'secret', ['Clerk'], ['*.example.org'])
factory('OFS.Image', 'manage_addFile')(m, 'large', io.BytesIO(bytes(range(251)) * 1000), content_type='x/y')
factory('Products.Transience.Transience', 'constructTransientObjectContainer')(m, 'sessions', 'Sessions')

# Every kind of index
c = put(m, factory('Products.ZCatalog.ZCatalog', 'ZCatalog')('catalog', 'Catalog'))
factory('Products.ZCTextIndex.ZCTextIndex', 'manage_addLexicon')(
    c, 'lexicon', 'Words', [Extra(group='Word Splitter', name='Whitespace splitter'),
                            Extra(group='Case Normalizer', name='Case Normalizer')])
for name, kind, extra in [
        ('id', 'FieldIndex', None), ('words', 'KeywordIndex', None), ('path', 'PathIndex', None), ('on', 'DateIndex', None),
        ('open', 'BooleanIndex', None), ('uid', 'UUIDIndex', None), ('topic', 'TopicIndex', None),
        ('text', 'ZCTextIndex', Extra(index_type='Okapi BM25 Rank', lexicon_id='lexicon', doc_attr='text')),
        ('valid', 'DateRangeIndex', Extra(since_field='start', until_field='end')),
        ('both', 'CompositeIndex', [dict(id='id', meta_type='FieldIndex', attributes='id'),
                                    dict(id='open', meta_type='BooleanIndex', attributes='open')])]:
    module = 'Products.ZCTextIndex.ZCTextIndex' if kind == 'ZCTextIndex' else 'Products.PluginIndexes.%s.%s' % (kind, kind)
    index = factory(module, kind)
    c.addIndex(name, index(name, extra=extra, caller=c) if extra else index(name))
c._catalog.indexes['topic'].addFilteredSet('closed', 'PythonFilteredSet', 'not o.open')
c.addColumn('id')
c.addColumn('title')
DateTime = factory('DateTime', 'DateTime')
for i in range(3):
    f = put(m, factory('OFS.Folder', 'Folder')('shop%d' % i))
    for name, kind, value in [
            ('words', 'lines', ['a', 'b%d' % i]), ('on', 'date', DateTime(2024, 5, 1 + i)), ('open', 'boolean', i > 1),
            ('uid', 'string', '0000000%d' % i * 4), ('text', 'text', 'shop number %d' % i),
            ('start', 'date', DateTime(2024, 5, 1)), ('end', 'date', DateTime(2024, 6, 1 + i))]:
        f.manage_addProperty(name, value, kind)
    c.catalog_object(f, '/more/shop%d' % i)

# The other plugins of PluggableAuthService
PAS = 'Products.PluggableAuthService.'
service = factory(PAS + 'PluggableAuthService', 'PluggableAuthService')()
registry = factory('Products.PluginRegistry.PluginRegistry', 'PluginRegistry')(
    factory(PAS + 'PluggableAuthService', '_PLUGIN_TYPE_INFO'))
registry._setId('plugins')
service._setObject('plugins', registry)
a = put(put(m, factory('OFS.Folder', 'Folder')('members')), service, 'acl_users')
for module, name in [
        ('ChallengeProtocolChooser', 'ChallengeProtocolChooser'), ('RequestTypeSniffer', 'RequestTypeSniffer'),
        ('DelegatingMultiPlugin', 'DelegatingMultiPlugin'), ('DomainAuthHelper', 'DomainAuthHelper'),
        ('InlineAuthHelper', 'InlineAuthHelper'), ('LocalRolePlugin', 'LocalRolePlugin'),
        ('NotCompetentHelper', 'NotCompetent_byRoles'), ('RecursiveGroupsPlugin', 'RecursiveGroupsPlugin'),
        ('ScriptablePlugin', 'ScriptablePlugin'), ('SearchPrincipalsPlugin', 'SearchPrincipalsPlugin'),
        ('SessionAuthHelper', 'SessionAuthHelper')]:
    put(a, factory(PAS + 'plugins.' + module, name)(name, 'Plugin ' + name))
a.DomainAuthHelper.manage_addMapping('ida', 'equals', 'localhost', 'ida', ['Clerk'])
a.ChallengeProtocolChooser.manage_updateProtocolMapping({'Browser': ['http']})
factory('Products.PythonScripts.PythonScript', 'manage_addPythonScript')(a.ScriptablePlugin, 'authenticateCredentials')
