"""Which translations may say something else than their original by now.

A translation remembers the words its original had when it was last changed itself.
Once the original is published with other words, the CMS says so until the translation
is changed too or somebody finds that it is still right. Readers see nothing of it.
"""
