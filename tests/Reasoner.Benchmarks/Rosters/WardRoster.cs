namespace Reasoner.Benchmarks;

/// <summary>A roster in the making: which shift each nurse works on each day. It never breaks a rule about one nurse.</summary>
internal sealed class WardRoster
{
    private readonly RosterInstance _instance;
    private readonly int[][] _shifts;

    /// <summary>A roster in which everybody is free.</summary>
    public WardRoster(RosterInstance instance)
    {
        _instance = instance;
        _shifts = [.. instance.Nurses.Select(_ => Enumerable.Repeat(instance.Off, instance.Days).ToArray())];
    }

    /// <summary>The shift of a nurse on a day; before the first day, that of the last period.</summary>
    public int this[int nurse, int day]
    {
        get => day >= 0 ? _shifts[nurse][day] : day == -1 ? _instance.Nurses[nurse].LastShift : _instance.Off;
        set => _shifts[nurse][day] = value;
    }

    /// <summary>Whether a nurse worked on a day, also on one before the period.</summary>
    public bool Works(int nurse, int day) => day >= 0 ? _shifts[nurse][day] != _instance.Off : day >= -_instance.Nurses[nurse].RunBefore;

    public int Minutes(int nurse) => _shifts[nurse].Sum(shift => shift == _instance.Off ? 0 : _instance.Shifts[shift].WorkMinutes);

    public int Staff(int day, int shift) => Count(day, shift, nurse => !nurse.IsTrainee);

    public int Registered(int day, int shift) => Count(day, shift, nurse => nurse.IsRegistered);

    public int InCharge(int day, int shift) => Count(day, shift, nurse => nurse.IsInCharge);

    /// <summary>Weekends of the last fourteen days of which a day was worked.</summary>
    public int Weekends(int nurse)
    {
        var weekends = 0;
        for (var saturday = _instance.Days - 2; saturday >= Math.Max(0, _instance.Days - 14); saturday -= 7)
            if (Works(nurse, saturday) || Works(nurse, saturday + 1)) weekends++;
        return weekends;
    }

    /// <summary>Days worked in a row up to the end.</summary>
    public int RunAtEnd(int nurse)
    {
        var run = 0;
        while (run < 14 && Works(nurse, _instance.Days - 1 - run)) run++;
        return run;
    }

    /// <summary>Whether a nurse who is free that day may work the shift, given the days before and after.</summary>
    public bool MayWork(int number, int day, int shift)
    {
        var nurse = _instance.Nurses[number];
        var isNight = _instance.Shifts[shift].IsNight;
        if (nurse.Leave[day] || day % 7 == nurse.FreeWeekday || (isNight && !nurse.HasNights)) return false;
        if (IsTooSoon(this[number, day - 1], shift) || IsTooShort(number, day - 2, shift)) return false;
        if (day + 1 < _instance.Days && IsTooSoon(shift, this[number, day + 1])) return false;
        if (day + 2 < _instance.Days && this[number, day + 2] != _instance.Off && _instance.IsTooShort(shift, this[number, day + 2])) return false;
        if (Minutes(number) + _instance.Shifts[shift].WorkMinutes > nurse.MostMinutes(_instance.Days)) return false;
        if (Run(number, day, other => Works(number, other)) > RosterLimits.DaysOfSeven) return false;
        if (RosterInstance.IsWeekend(day) && _shifts[number].Where((_, other) => RosterInstance.IsWeekend(other)).Count(each => each != _instance.Off) >= nurse.MostWeekendDays(_instance.Days)) return false;
        if (!isNight) return true;
        var nights = _shifts[number].Count(each => each == shift) + 1;
        return nights * _instance.Shifts[shift].WorkMinutes <= nurse.MostNightMinutes(_instance.Days)
            && Run(number, day, other => other >= 0 && this[number, other] == shift) <= RosterLimits.NightsInARow;
    }

    private int Count(int day, int shift, Func<RosterNurse, bool> counts)
    {
        var count = 0;
        for (var nurse = 0; nurse < _shifts.Length; nurse++)
            if (_shifts[nurse][day] == shift && counts(_instance.Nurses[nurse])) count++;
        return count;
    }

    private bool IsTooSoon(int first, int second) => first != _instance.Off && second != _instance.Off && _instance.IsTooSoon(first, second);

    // Two days before the first one only the last shift counts, whose free day comes after it.
    private bool IsTooShort(int nurse, int day, int shift) =>
        day >= -1 && this[nurse, day] != _instance.Off && _instance.IsTooShort(this[nurse, day], shift);

    /// <summary>How long the row of days around a day would be with it.</summary>
    private int Run(int number, int day, Func<int, bool> belongs)
    {
        var run = 1;
        for (var before = day - 1; before >= -14 && belongs(before); before--) run++;
        for (var after = day + 1; after < _instance.Days && belongs(after); after++) run++;
        return run;
    }
}
