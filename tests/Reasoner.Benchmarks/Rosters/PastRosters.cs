using System.Globalization;

namespace Reasoner.Benchmarks;

/// <summary>Past rosters as the table that <c>ontologies/rostering/tables/past-rosters.csv-metadata.json</c> reads.</summary>
internal static class PastRosters
{
    private const string Header =
        "period,nurse,day,grade,contract_share,experience_years,competence,tendency,exempt_from,free_weekday,last_shift,run_before,weekends_before,leave_before,leave,leave_next,leave_kind,wished,strength,sex,birth_year,assigned";

    private static readonly string[] _weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>Writes so many fortnights of a ward, one row for each nurse and day.</summary>
    public static void Write(TextWriter writer, int nurses, int periods, int seed)
    {
        writer.Write(Header + "\n");
        var period = 0;
        foreach (var (instance, roster) in new RosterGenerator(nurses, 14, seed).Past(periods))
        {
            period++;
            for (var nurse = 0; nurse < instance.Nurses.Count; nurse++)
                for (var day = 0; day < instance.Days; day++)
                    writer.Write(string.Join(',', Cells(instance, roster, period, nurse, day)) + "\n");
        }
    }

    /// <summary>A day's name in the domain, such as Tue9.</summary>
    public static string DayName(int day) => string.Create(CultureInfo.InvariantCulture, $"{_weekdays[day % 7][..3]}{day + 1}");

    /// <summary>A weekday's name in the domain.</summary>
    public static string Weekday(int weekday) => _weekdays[weekday];

    /// <summary>A shift's name in the domain; the number after the last one is a free day.</summary>
    public static string ShiftName(RosterInstance instance, int shift) => shift == instance.Off ? "Off" : instance.Shifts[shift].Name;

    private static string[] Cells(RosterInstance instance, WardRoster roster, int period, int number, int day)
    {
        var nurse = instance.Nurses[number];
        return
        [
            Text(period),
            nurse.Name,
            DayName(day),
            nurse.Grade,
            Text(nurse.ContractShare),
            Text(nurse.ExperienceYears),
            nurse.MayWorkNights ? "NightCompetence" : "",
            nurse.Tendency,
            nurse.IsExemptFromNights ? "Night" : "",
            nurse.FreeWeekday >= 0 ? Weekday(nurse.FreeWeekday) : "",
            ShiftName(instance, nurse.LastShift),
            Text(nurse.RunBefore),
            Text(nurse.WeekendsBefore),
            Leave(day - 1),
            Leave(day),
            Leave(day + 1),
            Leave(day - 1).Length + Leave(day).Length + Leave(day + 1).Length > 0 ? "AnnualLeave" : "",
            nurse.Wish[day] < 0 ? "" : ShiftName(instance, nurse.Wish[day]),
            nurse.Wish[day] < 0 ? "" : nurse.IsStrongWish[day] ? "Strong" : "Mild",
            nurse.Sex,
            Text(nurse.BirthYear),
            ShiftName(instance, roster[number, day]),
        ];

        string Leave(int other) => other >= 0 && other < instance.Days && nurse.Leave[other] ? DayName(other) : "";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
