"""What changes the store: a receipt, the office's book, imports."""
from faulty import Faulty

from desk import MARRIAGE, NAME


class Saving(Faulty):
    clock = "2026-11-16 09:00:00"

    def fill(self):
        self.ok("init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21")
        for i in range(6):
            self.receive()
        with open(self.model + "/many.csv", "w") as f:
            f.write("code,case,name,field,limit_kind,limit_value\n")
            f.writelines(f"9.{i:06},,Thủ tục số {i},Hộ tịch,working_days,{i % 30 + 1}\n" for i in range(1500))
        with open(self.model + "/history.csv", "w") as f:
            f.write("code,procedure,applicant,received_at,due_at,returned_at,status\n")
            f.writelines(f"000.00.99.H42-250310-{i:04},{MARRIAGE},Lê Văn {i},2025-03-10 08:00,2025-03-13 17:00,2025-03-11 08:00,returned\n"
                         for i in range(90))  # no more than go in one transaction

    def test_a_receipt(self):
        said = self.sweep("--json", "receive", "--procedure", MARRIAGE, "--applicant", NAME, most=60)
        self.assertGreater(said["io_error"] + said["disk_full"], 10, said)

    def test_an_act_on_several(self):
        self.sweep("--json", "transfer", "0001", "0002", "0003", "--to", "root", most=20)

    def test_an_office_change(self):
        self.sweep("--json", "calendar", "holiday", "2026-11-18", "Nghỉ bù", most=30)

    def test_a_setting(self):
        self.sweep("--json", "config", "soon.days", "2", most=16)

    def test_an_import_of_dossiers(self):
        self.sweep("--json", "import", "csv", "{home}/history.csv", most=50)
