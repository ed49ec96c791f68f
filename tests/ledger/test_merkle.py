"""The published vectors of the reference trees (RFC 6962 / 9162), and every proof with its mutations."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.ledger import merkle

# The eight leaves and the roots that the reference implementations of the RFC publish.
INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf_hash(bytes.fromhex(text)) for text in INPUTS]


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (
            1,
            5,
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_the_published_inclusion_paths(index: int, size: int, path: list[str]) -> None:
    assert [node.hex() for node in merkle.inclusion_proof(index, LEAVES[:size])] == path


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        (1, 1, []),
        (
            1,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_the_published_consistency_paths(first: int, second: int, path: list[str]) -> None:
    assert [node.hex() for node in merkle.consistency_proof(first, LEAVES[:second])] == path


def _hashes(count: int) -> list[bytes]:
    return [hashlib.sha256(n.to_bytes(4)).digest() for n in range(count)]


@given(st.integers(1, 130), st.data())
def test_every_inclusion_verifies_and_no_mutation_does(size: int, data: st.DataObject) -> None:
    leaves = _hashes(size)
    index = data.draw(st.integers(0, size - 1))
    path, top = merkle.inclusion_proof(index, leaves), merkle.root(leaves)
    assert merkle.verify_inclusion(leaves[index], index, size, path, top)
    assert not merkle.verify_inclusion(b"\1" * 32, index, size, path, top)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*path, top], top)
    assert not merkle.verify_inclusion(leaves[index], size, size, path, top)
    if size > 1:
        other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
        assert not merkle.verify_inclusion(leaves[index], other, size, path, top)
    if path:
        wrong = data.draw(st.integers(0, len(path) - 1))
        bent = [b"\2" * 32 if n == wrong else node for n, node in enumerate(path)]
        assert not merkle.verify_inclusion(leaves[index], index, size, bent, top)
        assert not merkle.verify_inclusion(leaves[index], index, size, path[:-1], top)


@given(st.integers(1, 130), st.data())
def test_every_consistency_verifies_and_no_other_past_does(size: int, data: st.DataObject) -> None:
    leaves = _hashes(size)
    first = data.draw(st.integers(1, size))
    path = merkle.consistency_proof(first, leaves)
    before, after = merkle.root(leaves[:first]), merkle.root(leaves)
    assert merkle.verify_consistency(first, size, before, after, path)
    other = merkle.root([b"\3" * 32, *leaves[1:first]])
    assert not merkle.verify_consistency(first, size, other, after, path)
    assert not merkle.verify_consistency(first, size, before, other if first < size else before[::-1], path)
    assert not merkle.verify_consistency(first, size, before, after, [*path, after])
    if path:
        wrong = data.draw(st.integers(0, len(path) - 1))
        bent = [b"\2" * 32 if n == wrong else node for n, node in enumerate(path)]
        assert not merkle.verify_consistency(first, size, before, after, bent)
        assert not merkle.verify_consistency(first, size, before, after, path[:-1])


@given(st.lists(st.lists(st.binary(max_size=2), max_size=40), max_size=8))
def test_many_leaves_at_once_grow_as_one_by_one(several: list[list[bytes]]) -> None:
    one_by_one: list[tuple[int, bytes]] = []
    at_once: list[tuple[int, bytes]] = []
    for texts in several:
        leaves = [merkle.leaf_hash(text) for text in texts]
        for leaf in leaves:
            merkle.grow(one_by_one, leaf)
        merkle.grow_by(at_once, leaves)
        assert at_once == one_by_one


@given(st.lists(st.binary(max_size=4), max_size=130))
def test_a_tree_goes_on_from_its_perfect_subtrees(texts: list[bytes]) -> None:
    leaves = [merkle.leaf_hash(text) for text in texts]
    peaks: list[tuple[int, bytes]] = []
    for size, leaf in enumerate(leaves, 1):
        merkle.grow(peaks, leaf)
        assert merkle.regrown(size, [node for _size, node in peaks]) == peaks
    assert merkle.fold([node for _size, node in peaks]) == merkle.root(leaves)
