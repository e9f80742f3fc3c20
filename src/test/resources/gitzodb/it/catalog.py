"""Adds a folder "shelf" with a catalog that has one index of each kind, and five documents in it."""
import types

from OFS.DTMLDocument import DTMLDocument
from OFS.Folder import Folder
from Products.PluginIndexes.BooleanIndex.BooleanIndex import BooleanIndex
from Products.PluginIndexes.DateIndex.DateIndex import DateIndex
from Products.PluginIndexes.DateRangeIndex.DateRangeIndex import DateRangeIndex
from Products.PluginIndexes.FieldIndex.FieldIndex import FieldIndex
from Products.PluginIndexes.KeywordIndex.KeywordIndex import KeywordIndex
from Products.PluginIndexes.PathIndex.PathIndex import PathIndex
from Products.PluginIndexes.TopicIndex.TopicIndex import TopicIndex
from Products.PluginIndexes.UUIDIndex.UUIDIndex import UUIDIndex
from Products.ZCTextIndex.Lexicon import CaseNormalizer, Splitter
from Products.ZCTextIndex.ZCTextIndex import PLexicon, ZCTextIndex
from Products.ZCatalog.ZCatalog import ZCatalog


app._setObject('shelf', Folder('shelf'))
shelf = app.shelf
shelf._setObject('catalog', ZCatalog('catalog', 'Catalog'))
catalog = shelf.catalog
catalog._setObject('lexicon', PLexicon('lexicon', 'Words', Splitter(), CaseNormalizer()))
text = types.SimpleNamespace(doc_attr='text', index_type='Okapi BM25 Rank', lexicon_id='lexicon')
for index in (
        ZCTextIndex('text', text, catalog), FieldIndex('title'), KeywordIndex('colours'), PathIndex('path'),
        DateIndex('since'), DateRangeIndex('valid', 'since', 'until'), BooleanIndex('open'), UUIDIndex('key'),
        TopicIndex('topics')):
    catalog._catalog.addIndex(index.id, index)
catalog._catalog.getIndex('topics').addFilteredSet('red', 'PythonFilteredSet', "'red' in o.colours")
catalog.addColumn('title')
catalog.addColumn('colours')
for number, colours in enumerate((['red'], ['green'], ['red', 'green'], [], ['blue'])):
    shelf._setObject('doc%d' % number, DTMLDocument('', __name__='doc%d' % number))
    made = shelf['doc%d' % number]
    made.title = 'Document %d' % number
    made.text = 'apples and %s pears' % ' '.join(colours)
    made.colours = colours
    made.since = made.until = 20240501 + number
    made.open = number % 2 == 0
    made.key = 'key-%d' % number
    catalog.catalog_object(made)
