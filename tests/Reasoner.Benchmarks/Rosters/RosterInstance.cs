namespace Reasoner.Benchmarks;

/// <summary>
/// A rostering problem without words: which shift each nurse works on each day, such that every shift is covered and no limit
/// is passed. The limits are those of the rostering domain (<c>docs/rostering.md</c>) for any number of days.
/// </summary>
/// <param name="Days">How many days; the first is a Monday.</param>
/// <param name="Shifts">The shifts that are worked; a free day is none of them.</param>
/// <param name="Nurses">The nurses.</param>
/// <param name="Cover">What each shift of each day needs.</param>
internal sealed record RosterInstance(int Days, IReadOnlyList<RosterShift> Shifts, IReadOnlyList<RosterNurse> Nurses, IReadOnlyList<RosterCover> Cover)
{
    /// <summary>Early, late and night, as <c>ontologies/rostering/data/shifts.ttl</c> has them.</summary>
    public static IReadOnlyList<RosterShift> WardShifts { get; } =
    [
        new("Early", 360, 852, 462, IsNight: false),
        new("Late", 810, 1302, 462, IsNight: false),
        new("Night", 1275, 1815, 495, IsNight: true),
    ];

    /// <summary>The number that stands for a free day.</summary>
    public int Off => Shifts.Count;

    /// <summary>Whether a day, from 0, is a Saturday or a Sunday.</summary>
    public static bool IsWeekend(int day) => day % 7 >= 5;

    /// <summary>Whether the second shift on the next day leaves less than eleven hours after the first.</summary>
    public bool IsTooSoon(int first, int second) => Shifts[second].Start + 1440 - Shifts[first].End < RosterLimits.DailyRest;

    /// <summary>Whether a single free day between the two shifts is shorter than 35 hours.</summary>
    public bool IsTooShort(int first, int second) => Shifts[second].Start + 2880 - Shifts[first].End < RosterLimits.WeeklyRest;
}

/// <summary>The numbers of <c>ontologies/rostering/data/limits.ttl</c>.</summary>
internal static class RosterLimits
{
    public const int DailyRest = 660;
    public const int WeeklyRest = 2100;
    public const int DaysOfSeven = 6;
    public const int FullTimeWeek = 2310;
    public const int Allowance = 480;
    public const int LeaveDayMinutes = 462;
    public const int NightsInARow = 3;
    public const int NightMinutesOfFortnight = 2475;
    public const int WeekendDaysOfFortnight = 3;
    public const int WeekendDaysAfterMany = 2;
}

/// <summary>A shift.</summary>
/// <param name="Name">Its name in the domain.</param>
/// <param name="Start">When it starts, in minutes after midnight.</param>
/// <param name="End">When it ends, in minutes after midnight of the day on which it starts.</param>
/// <param name="WorkMinutes">Its working time.</param>
/// <param name="IsNight">Whether it is night work.</param>
internal sealed record RosterShift(string Name, int Start, int End, int WorkMinutes, bool IsNight);

/// <summary>What a shift of a day needs.</summary>
/// <param name="Day">The day, from 0.</param>
/// <param name="Shift">The shift.</param>
/// <param name="Fewest">The fewest people.</param>
/// <param name="Most">The most people.</param>
/// <param name="FewestRegistered">The fewest registered nurses among them.</param>
/// <param name="FewestInCharge">The fewest who may be in charge.</param>
internal sealed record RosterCover(int Day, int Shift, int Fewest, int Most, int FewestRegistered, int FewestInCharge);

/// <summary>A nurse, and what is settled of the period beforehand.</summary>
internal sealed record RosterNurse
{
    public required string Name { get; init; }

    /// <summary>The grade's name in the domain.</summary>
    public required string Grade { get; init; }

    /// <summary>The contract in per cent of full time.</summary>
    public required int ContractShare { get; init; }

    public required int ExperienceYears { get; init; }

    /// <summary>The stated tendency's name in the domain.</summary>
    public required string Tendency { get; init; }

    public required bool MayWorkNights { get; init; }

    public bool IsExemptFromNights { get; init; }

    public bool MayBeInCharge { get; init; }

    /// <summary>The weekday that the contract keeps free, from 0 for Monday; -1 for none.</summary>
    public int FreeWeekday { get; init; } = -1;

    /// <summary>The number of the nurse whom a trainee works beside; -1 for none.</summary>
    public int Mentor { get; init; } = -1;

    /// <summary>By day, whether the nurse is on leave.</summary>
    public required bool[] Leave { get; init; }

    /// <summary>By day, the wished shift, a free day being the number after the last shift; -1 for no wish.</summary>
    public required int[] Wish { get; init; }

    /// <summary>By day, whether the wish is a strong one.</summary>
    public required bool[] IsStrongWish { get; init; }

    /// <summary>The shift on the day before; a free day being the number after the last shift.</summary>
    public required int LastShift { get; init; }

    /// <summary>Days worked in a row before the period.</summary>
    public required int RunBefore { get; init; }

    /// <summary>Weekends worked in the fortnight before.</summary>
    public required int WeekendsBefore { get; init; }

    public string Sex { get; init; } = "";

    public int BirthYear { get; init; }

    public bool IsRegistered => Grade is "ChargeNurse" or "RegisteredNurse";

    public bool IsInCharge => Grade is "ChargeNurse" || MayBeInCharge;

    public bool IsTrainee => Grade is "Trainee";

    public bool HasNights => MayWorkNights && !IsExemptFromNights && !IsTrainee;

    /// <summary>Minutes of paid leave, which count as worked for the contract.</summary>
    public int LeaveMinutes => LeaveDays * (int)Math.Round(RosterLimits.LeaveDayMinutes * ContractShare / 100.0, MidpointRounding.AwayFromZero);

    private int LeaveDays
    {
        get
        {
            var days = 0;
            for (var day = 0; day < Leave.Length; day++)
                if (Leave[day] && !RosterInstance.IsWeekend(day) && day % 7 != FreeWeekday) days++;
            return days;
        }
    }

    /// <summary>The fewest minutes of shifts in so many days.</summary>
    public int LeastMinutes(int days) => Math.Max(0, ContractMinutes(days) - RosterLimits.Allowance) - LeaveMinutes;

    /// <summary>The most minutes of shifts in so many days.</summary>
    public int MostMinutes(int days) => ContractMinutes(days) + RosterLimits.Allowance - LeaveMinutes;

    /// <summary>The most minutes of nights in so many days.</summary>
    public int MostNightMinutes(int days) =>
        (int)Math.Round(RosterLimits.NightMinutesOfFortnight * (days / 14.0) * ContractShare / 100.0, MidpointRounding.AwayFromZero);

    /// <summary>The most weekend days in so many days.</summary>
    public int MostWeekendDays(int days) => (WeekendsBefore >= 2 ? RosterLimits.WeekendDaysAfterMany : RosterLimits.WeekendDaysOfFortnight) * Math.Max(1, days / 14);

    /// <summary>What a shift or a free day of a day is worth, as the domain's preferences have it.</summary>
    public int Preference(int day, int shift, int off)
    {
        var sum = Wish[day] == shift ? (IsStrongWish[day] ? 8 : 4) : 0;
        if (Wish[day] == off && IsStrongWish[day] && shift != off) sum -= 6;
        sum += (Tendency, shift) switch
        {
            ("LikesEarly", 0) or ("LikesLate", 1) or ("LikesNight", 2) => 2,
            ("NoNights", 2) => -3,
            _ => 0,
        };
        return RosterInstance.IsWeekend(day) && shift != off ? sum - WeekendsBefore : sum;
    }

    private int ContractMinutes(int days) =>
        (int)Math.Round(RosterLimits.FullTimeWeek * (days / 7.0) * ContractShare / 100.0, MidpointRounding.AwayFromZero);
}
