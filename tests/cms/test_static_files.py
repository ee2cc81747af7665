"""Scripts that import one another find each other once their names bear a hash."""

import re

from django.core.files.storage import FileSystemStorage

from cms.static_files import StaticFiles


def test_an_imported_module_is_found_under_its_new_name(tmp_path, settings):
    settings.STATIC_URL = "/static/"
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    (source / "one.js").write_text('import { two } from "./two.js";\ntwo();\n')
    (source / "two.js").write_text("export const two = () => 2;\n")
    storage = StaticFiles(location=target)
    files = FileSystemStorage(source)
    for name in ("one.js", "two.js"):
        storage.save(name, files.open(name))
    done = list(storage.post_process({name: (files, name) for name in ("one.js", "two.js")}))
    assert not [problem for _name, _new, problem in done if isinstance(problem, Exception)]
    collected = (target / storage.stored_name("one.js")).read_text()
    imported = re.search(r'from "\./(two\.\w+\.js)"', collected)
    assert imported
    assert (target / imported.group(1)).exists()
