using System.Globalization;
using System.Text;

namespace Reasoner.Benchmarks;

/// <summary>An instance as data of other programs' models, which stand in <c>Rosters/Peers</c>. Everything is counted from 1.</summary>
internal static class RosterData
{
    /// <summary>
    /// Whether a nurse may not work a shift whatever else is decided: leave, a day that the contract keeps free, a night of who
    /// works none, and rest after the last shift before the period.
    /// </summary>
    public static bool IsForbidden(RosterInstance instance, int number, int day, int shift)
    {
        var nurse = instance.Nurses[number];
        return nurse.Leave[day]
            || day % 7 == nurse.FreeWeekday
            || (instance.Shifts[shift].IsNight && !nurse.HasNights)
            || (nurse.LastShift != instance.Off && ((day == 0 && instance.IsTooSoon(nurse.LastShift, shift)) || (day == 1 && instance.IsTooShort(nurse.LastShift, shift))));
    }

    /// <summary>MiniZinc's parameters.</summary>
    public static string MiniZinc(RosterInstance instance)
    {
        var (text, nurses, days) = (new StringBuilder(), instance.Nurses, instance.Days);
        int[] shifts = [.. Enumerable.Range(0, instance.Shifts.Count)];
        int[] all = [.. shifts, instance.Off];
        Line("nurses", Text(nurses.Count));
        Line("days", Text(days));
        Line("shifts", Text(shifts.Length));
        Line("minutes", List(instance.Shifts.Select(shift => shift.WorkMinutes)));
        Line("night", Set(shifts.Where(shift => instance.Shifts[shift].IsNight)));
        Line("weekend", Set(Enumerable.Range(0, days).Where(RosterInstance.IsWeekend)));
        Line("too_soon", Table(shifts, shifts, (first, second) => instance.IsTooSoon(first, second) ? "true" : "false"));
        Line("too_short", Table(shifts, shifts, (first, second) => instance.IsTooShort(first, second) ? "true" : "false"));
        Line("allowed", Table(Enumerable.Range(0, nurses.Count), Enumerable.Range(0, days), (nurse, day) => Set(all.Where(shift => IsAllowed(instance, nurse, day, shift)))));
        var values = all.SelectMany(shift => Enumerable.Range(0, nurses.Count).SelectMany(nurse => Enumerable.Range(0, days).Select(day => nurses[nurse].Preference(day, shift, instance.Off))));
        Line("worth", $"array3d(1..{Text(all.Length)}, 1..{Text(nurses.Count)}, 1..{Text(days)}, {List(values)})");
        Line("staff", Set(Where(nurse => !nurse.IsTrainee)));
        Line("registered", Set(Where(nurse => nurse.IsRegistered)));
        Line("in_charge", Set(Where(nurse => nurse.IsInCharge)));
        Line("mentor", List(nurses.Select(nurse => nurse.IsTrainee ? nurse.Mentor + 1 : 0)));
        Line("least_minutes", List(nurses.Select(nurse => nurse.LeastMinutes(days))));
        Line("most_minutes", List(nurses.Select(nurse => nurse.MostMinutes(days))));
        Line("most_night_minutes", List(nurses.Select(nurse => nurse.MostNightMinutes(days))));
        Line("most_weekend_days", List(nurses.Select(nurse => nurse.MostWeekendDays(days))));
        Line("run_before", List(nurses.Select(nurse => nurse.RunBefore)));
        Line("days_of_seven", Text(RosterLimits.DaysOfSeven));
        Line("nights_in_a_row", Text(RosterLimits.NightsInARow));
        Cover("fewest", cover => cover.Fewest);
        Cover("most", cover => cover.Most);
        Cover("fewest_registered", cover => cover.FewestRegistered);
        Cover("fewest_in_charge", cover => cover.FewestInCharge);
        return text.ToString();

        void Line(string name, string value) => text.Append(name).Append(" = ").Append(value).Append(";\n");

        IEnumerable<int> Where(Func<RosterNurse, bool> counts) => Enumerable.Range(0, nurses.Count).Where(nurse => counts(nurses[nurse]));

        void Cover(string name, Func<RosterCover, int> number)
        {
            var by = instance.Cover.ToDictionary(cover => (cover.Day, cover.Shift), number);
            Line(name, Table(Enumerable.Range(0, days), shifts, (day, shift) => Text(by[(day, shift)])));
        }
    }

    /// <summary>clingo's facts.</summary>
    public static string Clingo(RosterInstance instance)
    {
        var (text, days) = (new StringBuilder(), instance.Days);
        Fact("days", days);
        Fact("free", instance.Off + 1);
        Fact("days_of_seven", RosterLimits.DaysOfSeven);
        Fact("nights_in_a_row", RosterLimits.NightsInARow);
        for (var shift = 0; shift < instance.Shifts.Count; shift++)
        {
            Fact("shift", shift + 1, instance.Shifts[shift].WorkMinutes);
            if (instance.Shifts[shift].IsNight) Fact("night", shift + 1);
            for (var second = 0; second < instance.Shifts.Count; second++)
            {
                if (instance.IsTooSoon(shift, second)) Fact("too_soon", shift + 1, second + 1);
                if (instance.IsTooShort(shift, second)) Fact("too_short", shift + 1, second + 1);
            }
        }

        for (var day = 0; day < days; day++)
            if (RosterInstance.IsWeekend(day)) Fact("weekend", day + 1);
        foreach (var cover in instance.Cover)
        {
            Fact("cover", cover.Day + 1, cover.Shift + 1, cover.Fewest, cover.Most);
            Fact("cover_registered", cover.Day + 1, cover.Shift + 1, cover.FewestRegistered);
            Fact("cover_in_charge", cover.Day + 1, cover.Shift + 1, cover.FewestInCharge);
        }

        for (var number = 0; number < instance.Nurses.Count; number++)
        {
            var nurse = instance.Nurses[number];
            Fact("nurse", number + 1, nurse.LeastMinutes(days), nurse.MostMinutes(days), nurse.MostNightMinutes(days), nurse.MostWeekendDays(days), nurse.RunBefore);
            if (nurse.IsTrainee) Fact("mentor", number + 1, nurse.Mentor + 1);
            else Fact("staff", number + 1);
            if (nurse.IsRegistered) Fact("registered", number + 1);
            if (nurse.IsInCharge) Fact("in_charge", number + 1);
            for (var day = 0; day < days; day++)
            {
                for (var shift = 0; shift <= instance.Off; shift++)
                {
                    if (!IsAllowed(instance, number, day, shift)) continue;
                    Fact("allowed", number + 1, day + 1, shift + 1);
                    if (nurse.Preference(day, shift, instance.Off) is var worth and not 0) Fact("worth", number + 1, day + 1, shift + 1, worth);
                }
            }
        }

        return text.ToString();

        void Fact(string name, params ReadOnlySpan<int> numbers)
        {
            text.Append(name).Append('(');
            for (var i = 0; i < numbers.Length; i++) text.Append(i > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{numbers[i]}");
            text.Append(").\n");
        }
    }

    private static bool IsAllowed(RosterInstance instance, int nurse, int day, int shift) => shift == instance.Off || !IsForbidden(instance, nurse, day, shift);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<int> numbers) => $"[{string.Join(", ", numbers.Select(Text))}]";

    private static string Set(IEnumerable<int> numbers) => $"{{{string.Join(", ", numbers.Select(number => Text(number + 1)))}}}";

    private static string Table(IEnumerable<int> rows, IEnumerable<int> columns, Func<int, int, string> cell) =>
        $"[|{string.Join(" | ", rows.Select(row => string.Join(", ", columns.Select(column => cell(row, column)))))}|]";
}
