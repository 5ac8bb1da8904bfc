"""Write the generated documents, and name those that changed."""

from api.documents import written

for path in written():
    print(path)
