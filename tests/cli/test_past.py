"""As of any past second the answers are exactly those that were given then: recorded at 200 different moments, asked for again at the end."""
import datetime
import random

from desk import COPY, MARRIAGE, Desk
from test_waiting import ASK

MOMENTS = 200


class Moments(Desk):
    def now(self, step):
        """The clock at a step: nine times a day from 17/11/2026 on, each at another second of its minute."""
        start = datetime.datetime(2026, 11, 17, 8, 0, 0)
        return start + datetime.timedelta(days=step // 9, minutes=47 * (step % 9), seconds=(step * 17) % 60)

    def act(self, chance, step, codes):
        """Something that may happen at a desk now; what is refused has changed nothing either."""
        code = chance.choice(codes[-4:]) if codes else None
        today = self.now(step)
        later = (today + datetime.timedelta(days=chance.randint(2, 30))).strftime("%Y-%m-%d")
        if step % 25 == 20:
            return "calendar", "holiday", (today + datetime.timedelta(days=1)).strftime("%Y-%m-%d"), "Nghỉ đột xuất"
        if step % 40 == 30:
            return "officer", "put", "nam", "--name", f"Trần Văn Nam {step}", "--role", "specialist"
        if step % 40 == 35:
            return "config", "soon.days", str(1 + step % 3)
        if step % 40 == 38:
            return "procedure", "put", MARRIAGE, "--name", f"Xác nhận {step}", "--field", "Hộ tịch", "--limit", f"{1 + step % 5} working_days"
        if not code or chance.random() < 0.25:
            return "receive", "--procedure", chance.choice((MARRIAGE, MARRIAGE, COPY)), "--applicant", f"Nguyễn Văn {step}", "--phone", f"09{step:08}"
        state = self.object("show", code)["state"]
        mend = [("undo", code, "--reason", "x"), ("correct", code, "--reason", "x", f"phone=08{step:08}"), ("rate", code, str(1 + step % 5)),
                ("correct", code, "--reason", "x", f"applicant=Lê Thị {step}")]
        go = {
            "processing": [("transfer", code, "--to", "root"), ("transfer", code, "--unit", "Chi cục Thuế"), ("supplement", code, *ASK, "--insist"),
                           ("await-payment", code), ("await-payment", code), ("apologize", code, "--reason", "Chậm", "--until", later), ("resolve", code),
                           ("correct", code, "--reason", "x", "limit=4 working_days"), ("refuse", code, "--reason", "x"),
                           ("stop", code, "--reason", "x"), ("void", code, "--reason", "x")],
            "waiting": [("restart", code)] * 4 + [("stop", code, "--reason", "x"), ("resolve", code)],
            "waiting_payment": [("paid", code, "--within", "2 working_days")] * 4 + [("refuse", code, "--reason", "x")],
            "resolved": [("return", code)] * 4 + [("apologize", code, "--reason", "Chậm")],
        }
        return chance.choice(go.get(state, []) + mend)

    def questions(self, chance, step, codes):
        """A few of the ways to ask at each moment; all of them many times over."""
        code = chance.choice(codes) if codes else "0001"
        ways = (("list",), ("list", "--json"), ("list", "--status", "all", "--json"), ("list", "--status", "all", "--sort", "late"), ("morning",),
                ("morning", "--json"), ("show", code), ("show", code, "--json"), ("explain", code, "--json"))
        return [ways[(3 * step + i) % len(ways)] for i in range(3)]

    def test_two_hundred_of_them(self):
        chance = random.Random(2026)
        codes, recorded, kinds = [], [], set()
        for step in range(MOMENTS):
            self.clock = self.now(step).strftime("%Y-%m-%d %H:%M:%S")
            done = self.run_now(*self.act(chance, step, codes), "--json")
            self.assertIn(done.returncode, (0, 1, 2), done.stderr)
            if done.args[1] == "receive":
                codes.append(self.codes("search", "--max", "1", f"09{step:08}")[0])
            for question in self.questions(chance, step, codes):
                answer = self.run_now(*question)
                recorded.append((self.clock.replace(" ", "T"), question, answer.returncode, answer.stdout, answer.stderr))
        for code in codes:
            kinds |= {event["kind"] for event in self.object("show", code)["history"]}
        self.assertEqual(kinds, set("""received transferred apologized resolved returned refused supplement_requested restarted payment_awaited paid stopped
            voided undone corrected rated due_moved""".split()))  # all but withdrawn, which these receipts do not know
        self.clock = "2026-12-30 09:00:00"
        for at, question, status, out, error in recorded:
            again = self.run_now(*question, "--as-of", at)
            self.assertEqual((again.returncode, again.stdout, again.stderr), (status, out, error), (at, question))
