"""Environment, the TOML file of genomes, and writing it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.errors import SettingsError
from genoview.runtime.settings import (
    AssemblyConfig,
    Settings,
    TrackConfig,
    add_assembly,
    read_settings,
    remove_assembly,
)
from genoview.runtime.settings_edit import write_assembly
from genoview.runtime.settings_file import read_file


@pytest.fixture
def fasta(tmp_path):
    path = tmp_path / "toy.fa"
    path.write_text(">1\nACGT\n")
    return path


def read(tmp_path: Path, **environment: str) -> Settings:
    return read_settings({"GENOVIEW_CONFIG": str(tmp_path / "genoview.toml"), **environment})


def write_config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "genoview.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_environment_gives_the_defaults():
    settings = read_settings({})
    assert settings.cache_dir == Path.home() / ".cache" / "genoview"
    assert settings.config_path == Path.home() / ".config" / "genoview" / "genoview.toml"
    assert settings.cache_limit_bytes == 2_000_000_000
    assert (settings.device, settings.dtype) == ("auto", "float32")
    assert settings.threads >= 1


def test_the_embedded_genome_is_first_and_its_files_are_there(tmp_path):
    settings = read(tmp_path)
    (demo,) = settings.assemblies
    assert (demo.name, demo.family, demo.embedded) == ("GRCh37-demo", "GRCh37", True)
    assert all(path.is_file() for path in (demo.fasta, demo.genes, demo.chrom_sizes))
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("variable", "value", "attribute", "expected"),
    [
        ("GENOVIEW_CACHE", "/x/y", "cache_dir", Path("/x/y")),
        ("GENOVIEW_MODELS", "~/m", "models_dir", Path.home() / "m"),
        ("XDG_DATA_HOME", "/d", "models_dir", Path("/d/genoview/models")),
        ("GENOVIEW_MODELS_MIRROR", "https://a/b", "models_mirror", "https://a/b"),
        ("GENOVIEW_MODEL_MEMORY_MB", "7", "model_memory_bytes", 7_000_000),
        ("GENOVIEW_CACHE", "~/y", "cache_dir", Path.home() / "y"),
        ("XDG_CACHE_HOME", "/x", "cache_dir", Path("/x/genoview")),
        ("GENOVIEW_CACHE_LIMIT_MB", "5", "cache_limit_bytes", 5_000_000),
        ("GENOVIEW_DEVICE", "cuda", "device", "cuda"),
        ("GENOVIEW_DEVICE", "cuda:1", "device", "cuda:1"),
        ("GENOVIEW_DTYPE", "bfloat16", "dtype", "bfloat16"),
        ("GENOVIEW_THREADS", "3", "threads", 3),
    ],
)
def test_the_environment_sets(tmp_path, variable, value, attribute, expected):
    settings = read(tmp_path, **{variable: value})
    assert getattr(settings, attribute) == expected
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("variable", "value", "attribute", "default", "message"),
    [
        ("GENOVIEW_CACHE_LIMIT_MB", "much", "cache_limit_bytes", 2 * 10**9, "above 0"),
        ("GENOVIEW_CACHE_LIMIT_MB", "-1", "cache_limit_bytes", 2 * 10**9, "above 0"),
        ("GENOVIEW_DEVICE", "gpu", "device", "auto", "one of auto, cpu, cuda was expected"),
        ("GENOVIEW_DTYPE", "cuda:1", "dtype", "float32", "one of float32, bfloat16"),
    ],
)
def test_a_bad_variable_is_named_and_its_default_stands(
    tmp_path, variable, value, attribute, default, message
):
    settings = read(tmp_path, **{variable: value})
    assert getattr(settings, attribute) == default
    (problem,) = settings.problems
    assert f"{variable} is {value!r}" in str(problem)
    assert message in str(problem)


def test_own_genomes_follow_the_embedded_one_with_paths_from_the_files_folder(tmp_path, fasta):
    write_config(tmp_path, '[[assembly]]\nname = "mine"\nfasta = "toy.fa"\nfamily = "GRCm39"\n')
    settings = read(tmp_path)
    assert [config.name for config in settings.assemblies] == ["GRCh37-demo", "mine"]
    assert settings.assembly("MINE") == AssemblyConfig("mine", fasta, family="GRCm39")
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('fasta = "toy.fa"', "genome 2: the name None stands in links"),
        ('name = "a b"\nfasta = "toy.fa"', "the name 'a b' stands in links"),
        ('name = "good"\nfasta = "toy.fa"', "more than one genome 'good'"),
        ('name = "GRCh37-DEMO"\nfasta = "toy.fa"', "is the embedded genome's"),
        ('name = "b"', "genome b: it has no sequence"),
        ('name = "b"\nfasta = "gone.fa"', "genome b: fasta is gone.fa, and there is no file"),
        ('name = "b"\nfasta = "toy.fa"\ngenes = "gone.gtf"', "genome b: genes is gone.gtf"),
        ('name = "b"\nfasta = "toy.fa"\nfata = "x"', "genome b: 'fata' is none of name"),
        ('name = "b"\nfasta = 3', "genome b: fasta is 3; write it as text"),
    ],
)
def test_a_bad_entry_is_named_and_the_others_stay(tmp_path, fasta, entry, message):
    good = '[[assembly]]\nname = "good"\nfasta = "toy.fa"\n'
    last = '[[assembly]]\nname = "last"\nfasta = "toy.fa"\n'
    config = write_config(tmp_path, f"{good}[[assembly]]\n{entry}\n{last}")
    settings = read(tmp_path)
    assert [each.name for each in settings.assemblies] == ["GRCh37-demo", "good", "last"]
    (problem,) = settings.problems
    assert message in str(problem)
    assert str(config) in str(problem)


@pytest.mark.parametrize("text", ["name = ", 'assembly = "x"', "assembly = [1]"])
def test_a_file_that_is_not_as_expected_leaves_the_embedded_genome(tmp_path, text):
    write_config(tmp_path, text)
    settings = read(tmp_path)
    assert [each.name for each in settings.assemblies] == ["GRCh37-demo"]
    assert len(settings.problems) == 1


def test_an_unknown_genome_is_answered_with_the_known(tmp_path):
    with pytest.raises(SettingsError, match=r"no genome 'hg99' here, only GRCh37-demo\."):
        read(tmp_path).assembly("hg99")


def test_a_genome_is_added_and_removed_and_the_rest_of_the_file_stays(tmp_path, fasta):
    before = '# mine\n[other]\nkey = "value" # kept\n'
    config = write_config(tmp_path, before)
    settings = read(tmp_path, GENOVIEW_DEVICE="cpu")
    mine = AssemblyConfig("mine", fasta, description='a "toy"', family="GRCh38")
    added = add_assembly(settings, mine)
    assert added.assemblies[1:] == (mine,)
    assert added.device == "cpu"
    assert config.read_text().startswith(before)
    assert read(tmp_path).assemblies == added.assemblies
    removed = remove_assembly(added, "mine")
    assert removed.assemblies == settings.assemblies
    assert config.read_text().rstrip() == before.rstrip()
    assert [path.name for path in tmp_path.iterdir() if "toy" not in path.name] == ["genoview.toml"]


def test_the_file_and_its_folder_are_made_where_absent(tmp_path, fasta):
    path = tmp_path / "new" / "genoview.toml"
    settings = read_settings({"GENOVIEW_CONFIG": str(path)})
    assert add_assembly(settings, AssemblyConfig("mine", fasta)).assembly("mine").fasta == fasta
    assert path.is_file()


def test_one_of_several_genomes_is_cut_out_with_its_lines_only(tmp_path, fasta):
    block = '[[assembly]]\nname = "{}"\nfasta = "toy.fa"\n'
    text = (
        f"{block.format('a')}\n{block.format('b')}# about c\n{block.format('c')}\n[other]\nx = 1\n"
    )
    config = write_config(tmp_path, text)
    remove_assembly(read(tmp_path), "b")
    expected = f"{block.format('a')}\n# about c\n{block.format('c')}\n[other]\nx = 1\n"
    assert config.read_text() == expected


@pytest.mark.parametrize("header", ["[[tracks]]", "[other]", "[other.part]", "[[assembly]]"])
def test_a_comment_above_the_next_header_stays_with_it(tmp_path, header):
    block = '[[assembly]]\nname = "a"\nfasta = "toy.fa"\n'
    rest = f'# about the next\n{header} # here\npath = "x"\n'
    config = write_config(tmp_path, f"# first\n\n{block}{rest}")
    remove_assembly(read(tmp_path), "a")
    assert config.read_text() == f"# first\n\n{rest}"


def test_an_entry_whose_file_is_gone_can_be_removed(tmp_path):
    write_config(tmp_path, '[[assembly]]\nname = "gone"\nfasta = "gone.fa"\n')
    settings = read(tmp_path)
    assert len(settings.problems) == 1
    assert remove_assembly(settings, "gone").problems == ()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("GRCh37-demo", "There is a genome GRCh37-demo already"),
        ("a/b", "stands in links"),
        ("", "stands in links"),
    ],
)
def test_an_unfit_genome_is_not_added(tmp_path, fasta, name, message):
    with pytest.raises(SettingsError, match=message):
        add_assembly(read(tmp_path), AssemblyConfig(name, fasta))
    assert not (tmp_path / "genoview.toml").exists()


def test_a_genome_without_its_file_is_not_added(tmp_path):
    with pytest.raises(SettingsError, match=r"there is no file .*gone\.fa"):
        add_assembly(read(tmp_path), AssemblyConfig("mine", tmp_path / "gone.fa"))


@pytest.mark.parametrize(
    ("name", "message"), [("GRCh37-demo", "comes with genoview"), ("gone", "no genome 'gone'")]
)
def test_a_genome_that_is_embedded_or_absent_is_not_removed(tmp_path, name, message):
    with pytest.raises(SettingsError, match=message):
        remove_assembly(read(tmp_path), name)


def test_a_file_written_otherwise_is_left_as_it_is(tmp_path, fasta):
    text = 'assembly = [{name = "a", fasta = "toy.fa"}]\n'
    config = write_config(tmp_path, text)
    settings = read(tmp_path)
    with pytest.raises(SettingsError, match="edit it by hand"):
        remove_assembly(settings, "a")
    with pytest.raises(SettingsError, match=r"genoview\.toml"):
        add_assembly(settings, AssemblyConfig("b", fasta))
    assert config.read_text() == text


def test_a_file_that_cannot_be_written_says_what_to_do(tmp_path, fasta):
    settings = read_settings({"GENOVIEW_CONFIG": str(fasta / "genoview.toml")})
    with pytest.raises(SettingsError, match=r"genoview\.toml cannot be"):
        add_assembly(settings, AssemblyConfig("mine", fasta))


@given(description=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_description_comes_back_as_it_was(tmp_path_factory, description):
    folder = tmp_path_factory.mktemp("any")
    (folder / "toy.fa").write_text(">1\nACGT\n")
    config = AssemblyConfig("mine", folder / "toy.fa", description=description)
    write_assembly(folder / "x.toml", config)
    found = read_file(folder / "x.toml")
    assert (found.assemblies, found.problems) == ((config,), ())
    assert len(tomllib.loads((folder / "x.toml").read_text(encoding="utf-8"))["assembly"]) == 1


def test_tracks_are_read_with_paths_from_the_files_folder(tmp_path):
    write_config(
        tmp_path,
        '[[tracks]]\npath = "a.bw"\ntitle = "A"\nassembly = "hg38"\n[[tracks]]\npath = "/b.bed"\n',
    )
    settings = read(tmp_path)
    assert settings.problems == ()
    assert settings.tracks == (
        TrackConfig(tmp_path / "a.bw", "A", "hg38"),
        TrackConfig(Path("/b.bed")),
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('title = "A"', "track 1: it has no file"),
        ('path = "a.bw"\nname = "A"', "track 1: 'name' is none of path, title, assembly"),
        ('path = "a.bw"\ntitle = 3', "track 1: title is 3; write it as text"),
    ],
)
def test_a_bad_track_is_named_and_the_others_stay(tmp_path, entry, message):
    write_config(tmp_path, f'[[tracks]]\n{entry}\n[[tracks]]\npath = "/b.bed"\n')
    settings = read(tmp_path)
    assert settings.tracks == (TrackConfig(Path("/b.bed")),)
    (problem,) = settings.problems
    assert message in str(problem)


@pytest.mark.parametrize(
    ("text", "allowed", "n_problems"),
    [
        ("", True, 0),
        ("allow_paths = true\n", True, 0),
        ("allow_paths = false\n", False, 0),
        ('allow_paths = "no"\n', False, 1),
        ("allow_paths = \n", False, 1),
        ('tracks = "a.bed"\n', True, 1),
    ],
)
def test_paths_may_be_typed_unless_the_settings_forbid_it(tmp_path, text, allowed, n_problems):
    write_config(tmp_path, text)
    settings = read(tmp_path)
    assert settings.allow_paths is allowed
    assert len(settings.problems) == n_problems
    assert settings.tracks == ()


def test_adding_a_genome_keeps_the_tracks(tmp_path, fasta):
    write_config(tmp_path, 'allow_paths = false\n[[tracks]]\npath = "a.bw"\n')
    added = add_assembly(read(tmp_path), AssemblyConfig("mine", fasta))
    assert [track.path.name for track in added.tracks] == ["a.bw"]
    assert added.allow_paths is False


@pytest.mark.parametrize(
    ("text", "name", "problem"),
    [
        ("", None, ""),
        ('alphamissense = ""\n', None, ""),
        ('alphamissense = "am.tsv"\n', "am.tsv", ""),
        ('alphamissense = "."\n', "", ""),
        ('alphamissense = "absent.tsv"\n', None, "is not there"),
        ("alphamissense = 5\n", None, "write a path as text"),
    ],
)
def test_a_table_of_alphamissense_is_named_from_the_settings_file_on(tmp_path, text, name, problem):
    (tmp_path / "am.tsv").write_text("")
    write_config(tmp_path, text)
    settings = read(tmp_path)
    folder = settings.config_path.parent
    expected = None if name is None else (folder / name).absolute()
    assert settings.alphamissense == expected
    assert [problem in str(each) for each in settings.problems] == [True] * bool(problem)


@pytest.mark.parametrize("name", ["GENOVIEW_CACHE", "GENOVIEW_CONFIG", "GENOVIEW_MODELS"])
@pytest.mark.parametrize("path", ["~nobody-of-this-name/x", "a\0b", "/" + "a" * 5_000])
def test_a_path_that_no_file_can_have_is_a_sentence(name: str, path: str) -> None:
    settings = read_settings({"GENOVIEW_CONFIG": "/none.toml", name: path})
    [problem] = settings.problems
    assert str(problem).startswith(f"{name} is ")
    assert str(problem).endswith("The usual place is used.")
