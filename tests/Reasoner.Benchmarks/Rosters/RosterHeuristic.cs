namespace Reasoner.Benchmarks;

/// <summary>
/// How a ward's planner makes a roster by hand: day by day, nights first, whoever the shift suits best among those who may; then
/// the gaps, then the hours that contracts still lack, then the trainee beside the mentor.
/// </summary>
internal sealed class RosterHeuristic(RosterInstance instance, RosterRandom random)
{
    // Nights are the hardest to fill, late shifts the next.
    private static readonly int[] _order = [2, 1, 0];

    /// <summary>A roster that breaks no rule about a nurse, and falls short of the cover where the planner finds nobody.</summary>
    public WardRoster Make()
    {
        var roster = new WardRoster(instance);
        for (var day = 0; day < instance.Days; day++)
        {
            foreach (var shift in _order)
            {
                if (CoverOf(day, shift) is not { } cover) continue;
                while (roster.InCharge(day, shift) < cover.FewestInCharge && Add(roster, day, shift, nurse => nurse.IsInCharge))
                {
                }

                while (roster.Registered(day, shift) < cover.FewestRegistered && Add(roster, day, shift, nurse => nurse.IsRegistered))
                {
                }

                while (roster.Staff(day, shift) < cover.Fewest && Add(roster, day, shift, _ => true))
                {
                }
            }
        }

        FillContracts(roster);
        FillTrainees(roster);
        return roster;
    }

    private RosterCover? CoverOf(int day, int shift) => instance.Cover.FirstOrDefault(cover => cover.Day == day && cover.Shift == shift);

    private bool Add(WardRoster roster, int day, int shift, Func<RosterNurse, bool> suits)
    {
        var best = -1;
        var most = double.NegativeInfinity;
        for (var nurse = 0; nurse < instance.Nurses.Count; nurse++)
        {
            var person = instance.Nurses[nurse];
            if (person.IsTrainee || !suits(person) || roster[nurse, day] != instance.Off || !roster.MayWork(nurse, day, shift)) continue;
            var score = Score(roster, nurse, day, shift);
            if (score > most) (best, most) = (nurse, score);
        }

        if (best >= 0) roster[best, day] = shift;
        return best >= 0;
    }

    /// <summary>How well a shift suits a nurse: wishes and tendencies, rows of equal shifts, the hours still to work.</summary>
    private double Score(WardRoster roster, int number, int day, int shift)
    {
        var nurse = instance.Nurses[number];
        var score = nurse.Preference(day, shift, instance.Off) / 1.5;
        var left = nurse.LeastMinutes(instance.Days) + RosterLimits.Allowance - roster.Minutes(number);
        score += 4.0 * left / Math.Max(1, RosterLimits.FullTimeWeek * nurse.ContractShare / 100.0) * (0.5 + ((double)day / instance.Days));
        if (roster[number, day - 1] == shift) score += instance.Shifts[shift].IsNight ? 3 : 1.2;
        if (roster.Works(number, day - 1)) score += 0.6;
        if (day >= 4 && Enumerable.Range(day - 4, 4).All(other => roster.Works(number, other))) score -= 2.5;

        // The day before leave nobody likes to end late, and experience carries the nights of weekends.
        if (day + 1 < instance.Days && nurse.Leave[day + 1]) score -= instance.Shifts[shift].IsNight ? 3 : shift == 1 ? 1.5 : 0;
        if (day > 0 && nurse.Leave[day - 1] && shift == 0) score -= 0.8;
        if (instance.Shifts[shift].IsNight && RosterInstance.IsWeekend(day)) score += nurse.ExperienceYears / 20.0;
        if (nurse.Grade is "ChargeNurse" && shift == 0 && !RosterInstance.IsWeekend(day)) score += 1.2;
        return score + random.Noise(0.8);
    }

    private void FillContracts(WardRoster roster)
    {
        for (var nurse = 0; nurse < instance.Nurses.Count; nurse++)
        {
            var person = instance.Nurses[nurse];
            if (person.IsTrainee) continue;
            while (roster.Minutes(nurse) < person.LeastMinutes(instance.Days) && FillBest(roster, nurse))
            {
            }
        }
    }

    private bool FillBest(WardRoster roster, int nurse)
    {
        var best = (Day: -1, Shift: -1);
        var most = double.NegativeInfinity;
        for (var day = 0; day < instance.Days; day++)
        {
            if (roster[nurse, day] != instance.Off) continue;
            foreach (var shift in _order)
            {
                if (CoverOf(day, shift) is not { } cover || roster.Staff(day, shift) >= cover.Most || !roster.MayWork(nurse, day, shift)) continue;
                var score = Score(roster, nurse, day, shift) + (2 * (cover.Most - roster.Staff(day, shift)));
                if (score > most) (best, most) = ((day, shift), score);
            }
        }

        if (best.Day >= 0) roster[nurse, best.Day] = best.Shift;
        return best.Day >= 0;
    }

    private void FillTrainees(WardRoster roster)
    {
        for (var nurse = 0; nurse < instance.Nurses.Count; nurse++)
        {
            var person = instance.Nurses[nurse];
            if (!person.IsTrainee) continue;
            for (var day = 0; day < instance.Days; day++)
            {
                var shift = roster[person.Mentor, day];
                var isWished = person.Wish[day] == instance.Off;
                var isEnough = roster.Minutes(nurse) >= person.LeastMinutes(instance.Days) + RosterLimits.Allowance;
                if (shift == instance.Off || isEnough || !roster.MayWork(nurse, day, shift)) continue;
                if (!random.Chance(isWished ? 0.8 : 0.1)) roster[nurse, day] = shift;
            }
        }
    }
}
