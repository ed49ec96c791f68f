"""Merkle trees of RFC 9162, section 2.1. Pure functions over 32-byte hashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH over leaf hashes; of no leaves, the hash of nothing."""
    peaks: list[tuple[int, bytes]] = []
    grow_by(peaks, leaves)
    return fold([peak for _size, peak in peaks])


def grow(peaks: list[tuple[int, bytes]], leaf: bytes) -> None:
    """Add a leaf to the perfect subtrees (size, root), largest first: O(1) amortised."""
    size, node = 1, leaf
    while peaks and peaks[-1][0] == size:
        node = node_hash(peaks.pop()[1], node)
        size *= 2
    peaks.append((size, node))


def grow_by(peaks: list[tuple[int, bytes]], leaves: Iterable[bytes]) -> None:
    """Add several leaves: as `grow` one by one, level by level and so in a third of the time."""
    nodes, size, odd = list(leaves), 1, []
    while nodes:
        if peaks and peaks[-1][0] == size:
            nodes.insert(0, peaks.pop()[1])
        if len(nodes) % 2:
            odd.append((size, nodes.pop()))
        pairs = iter(nodes)
        nodes = [sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
        size *= 2
    peaks.extend(reversed(odd))


def regrown(size: int, roots: Sequence[bytes]) -> list[tuple[int, bytes]]:
    """Perfect subtrees as `grow` wants them, from the tree's size (its binary digits are theirs) and their roots.

    ValueError: a tree of this size has another number of them.
    """
    sizes = [1 << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]
    return list(zip(sizes, roots, strict=True))


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root of the whole tree from the roots of its perfect subtrees."""
    if not peaks:
        return sha256(b"").digest()
    node = peaks[-1]
    for peak in reversed(peaks[:-1]):
        node = node_hash(peak, node)
    return node


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D_n): the hashes that lead from a leaf to the root."""
    size = len(leaves)
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} among {size}")
    if size == 1:
        return []
    k = _split(size)
    if index < k:
        return [*inclusion_proof(index, leaves[:k]), root(leaves[k:])]
    return [*inclusion_proof(index - k, leaves[k:]), root(leaves[:k])]


def consistency_proof(first: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D_n): that the tree of `first` leaves is a beginning of this one."""
    if not 0 < first <= len(leaves):
        raise IndexError(f"no tree of {first} within {len(leaves)}")
    return _subproof(first, leaves, whole=True)


def _subproof(first: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    size = len(leaves)
    if first == size:
        return [] if whole else [root(leaves)]
    k = _split(size)
    if first <= k:
        return [*_subproof(first, leaves[:k], whole=whole), root(leaves[k:])]
    return [*_subproof(first - k, leaves[k:], whole=False), root(leaves[:k])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """RFC 9162 2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, node = index, size - 1, leaf
    for step in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = node_hash(step, node)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_hash(node, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == expected


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 2.1.4.2."""
    if first == second:
        return not proof and first_root == second_root
    if not 0 < first < second or not proof:
        return False
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(step, fr), node_hash(step, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root
