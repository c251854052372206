"""Static files under names that change with their content, imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names each file by its content, also where one ES module imports another.

    Otherwise a browser would keep an old shared module beside a new one that needs it.
    """

    support_js_module_import_aggregation = True
