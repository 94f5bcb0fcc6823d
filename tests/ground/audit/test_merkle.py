"""Hash trees give the roots and the audit paths of RFC 6962."""

from hashlib import sha256

import pytest

from explor.ground.audit.engine.merkle import path_of, root_from, root_of

# The leaves and the roots of the reference implementation of Certificate Transparency.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("count", range(len(ROOTS)))
def test_the_root_of_a_hash_tree_equals_that_of_the_reference_implementation(count: int) -> None:
    assert root_of(LEAVES[:count]).hex() == ROOTS[count]


@pytest.mark.parametrize("count", range(1, 21))
def test_the_audit_path_of_a_leaf_leads_to_the_root_for_that_leaf_only(count: int) -> None:
    leaves = [sha256(bytes([n])).digest() for n in range(count)]
    root = root_of(leaves)
    for index, leaf in enumerate(leaves):
        path = path_of(leaves, index)
        assert root_from(leaf, index=index, count=count, path=path) == root
        assert root_from(b"x", index=index, count=count, path=path) != root
        if count > 1:
            other = (index + 1) % count
            assert root_from(leaf, index=other, count=count, path=path) != root
            assert root_from(leaf, index=index, count=count, path=path[:-1]) is None


@pytest.mark.parametrize("index", [-1, 3])
def test_a_leaf_outside_the_hash_tree_has_no_audit_path(index: int) -> None:
    with pytest.raises(IndexError):
        path_of(LEAVES[:3], index)
    assert root_from(LEAVES[0], index=index, count=3, path=[]) is None
