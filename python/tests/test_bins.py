"""How submissions are divided, and which submission a file of Spark belongs to. Neither Spark nor the program is needed."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from wangge import _bins, _files


class Bins(unittest.TestCase):
    def test_none_is_divided_lost_or_empty(self) -> None:
        sizes = {f"县{at:03}": (at * 7919) % 5000 for at in range(100)}
        for number in (1, 3, 8, 99, 100, 1000):
            bins = _bins.divide(sizes, number)
            self.assertEqual(len(bins), min(number, 100))
            self.assertEqual(sorted(name for names in bins for name in names), sorted(sizes))
            self.assertTrue(all(names == sorted(names) and names for names in bins))

    def test_bytes_are_about_the_same(self) -> None:
        sizes = {"大": 900 << 20, **{f"小{at:02}": 100 << 20 for at in range(9)}}
        self.assertEqual(_bins.divide(sizes, 2), [["大"], [f"小{at:02}" for at in range(9)]])

    def test_the_order_of_what_is_given_has_no_say(self) -> None:
        sizes = {f"县{at}": at % 3 for at in range(20)}
        self.assertEqual(_bins.divide(sizes, 4), _bins.divide(dict(reversed(list(sizes.items()))), 4))

    def test_small_ones_count_by_their_number(self) -> None:
        self.assertEqual([len(names) for names in _bins.divide({f"村{at}": 0 for at in range(12)}, 4)], [3, 3, 3, 3])

    def test_folders_are_as_large_as_their_files(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "甲" / "数据").mkdir(parents=True)
            (Path(name) / "甲" / "a.csv").write_bytes(b"1234")
            (Path(name) / "甲" / "数据" / "b.csv").write_bytes(b"123456")
            self.assertEqual(_bins.size(str(Path(name) / "甲")), 10)
            self.assertEqual(_bins.size(str(Path(name) / "甲" / "a.csv")), 4)
            self.assertIsNone(_bins.size(str(Path(name) / "乙")))

    def test_what_nobody_knows_is_as_large_as_the_others(self) -> None:
        self.assertEqual(_bins.weights({"甲": 10, "乙": None, "丙": 20}), {"甲": 10, "乙": 15, "丙": 20})
        self.assertEqual(_bins.weights({"甲": None, "乙": None}), {"甲": 0, "乙": 0})

    def test_lists_are_read_as_the_program_reads_them(self) -> None:
        self.assertEqual(_bins.listed(["/b ", "# 说明", "", None, "\t/a", "/b"]), ["/a", "/b"])
        with self.assertRaises(ValueError):
            _bins.listed(["/a\n/b"])


class Files(unittest.TestCase):
    def test_paths_are_told_from_the_root(self) -> None:
        for path, root in (
            ("file:/srv/全 省/甲%41县/a b.csv", "file:///srv/全 省"),
            ("file:/srv/全 省/甲%41县/a b.csv", "/srv/全 省/"),
            ("hdfs://nn:8020/全省/甲%41县/a b.csv", "hdfs://nn:8020/全省"),
            ("hdfs://nn:8020/全省/甲%41县/a b.csv", "hdfs:///全省"),
            ("hdfs://nn:8020/全省/甲%41县/a b.csv", "/全省"),
            ("s3a://桶/甲%41县/a b.csv", "s3a://桶"),
            ("obs://bucket/2026/甲%41县/a b.csv", "obs://bucket/2026/"),
        ):
            self.assertEqual(_files.relative(path, root), "甲%41县/a b.csv", (path, root))

    def test_what_lies_elsewhere_is_no_part(self) -> None:
        for path, root in (
            ("hdfs://nn/全省/甲/a.csv", "hdfs://other/全省"),
            ("s3a://bucket/全省/甲/a.csv", "oss://bucket/全省"),
            ("hdfs://nn/全省二/甲/a.csv", "hdfs://nn/全省"),
            ("hdfs://nn/全省", "hdfs://nn/全省"),
            ("甲/a.csv", "/全省"),
        ):
            with self.assertRaises(ValueError, msg=(path, root)):
                _files.relative(path, root)

    def test_nothing_is_written_elsewhere(self) -> None:
        wrong = ["", "..", "../a", "甲/../../a", "甲/./a", "/etc/passwd", "甲//a", "甲/"]
        for file in [*wrong, "C:/a", "甲/c:a", "甲\\..\\a", "甲/a\0b", "甲/" + "长" * 86]:
            with self.assertRaises(_files.Unsafe, msg=file):
                _files.safe(file)
        for file in ("甲/a.csv", "a.xlsx", "甲/..a/b..", "甲/" + "长" * 85, "第1:2期/a.csv"):
            self.assertEqual(_files.safe(file), file)

    def test_a_submission_is_a_folder_or_a_file_of_the_root(self) -> None:
        self.assertEqual(_files.submission("甲/数据/a.csv"), "甲")
        self.assertEqual(_files.submission("乙.xlsx"), "乙.xlsx")
        for name in (" 甲", "甲\t", "#甲", "甲\n乙", "甲\u2028乙"):
            with self.assertRaises(_files.Unsafe, msg=name):
                _files.submission(f"{name}/a.csv")

    def test_files_are_grouped_and_a_wrong_path_costs_its_submission_alone(self) -> None:
        root = "hdfs://nn/省"
        listing = [("甲/a.csv", 3), ("甲/b/c.csv", 4), ("乙.xlsx", 5), ("丙/a.csv", 6), ("丙/x\\y", 7)]
        listing += [("丁", 1), ("丁/a.csv", 1)]
        grouped = _files.group([(f"{root}/{file}", size) for file, size in listing], root)
        self.assertEqual(grouped.sizes, {"甲": 7, "乙.xlsx": 5})
        self.assertEqual(sorted(grouped.files.values()), ["乙.xlsx", "甲/a.csv", "甲/b/c.csv"])
        self.assertEqual(sorted(grouped.failed), ["丁", "丙"])
        self.assertIn("x\\\\y", grouped.failed["丙"])


if __name__ == "__main__":
    unittest.main()
