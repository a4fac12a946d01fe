using Reasoner.Constraints.Solving;

namespace Reasoner.Benchmarks;

/// <summary>A seeded roster: people, days, three shifts; the kind of model that a decision of several slots becomes.</summary>
/// <param name="People">How many people.</param>
/// <param name="Days">How many days.</param>
/// <param name="IsShort">Whether more is demanded than all people together may work, so that no roster exists.</param>
internal sealed record Roster(int People, int Days, bool IsShort = false)
{
    private const int Shifts = 3;

    public static readonly IReadOnlyList<Roster> All = [new(10, 7), new(20, 14), new(50, 28), new(10, 7, IsShort: true), new(20, 14, IsShort: true)];

    public string Name => $"{People}x{Days}{(IsShort ? "-short" : "")}";

    /// <summary>
    /// One shift a day at most, no late before early and no night before early or late, at most five shifts in seven days, a
    /// tenth of all days off, and demand for three quarters of what that allows; wishes for and against shifts weigh 1 to 9.
    /// </summary>
    public CpModel ToModel()
    {
        var random = new Random(People * 1000 + Days);
        var model = new CpModel();
        var works = new CpLiteral[People, Days, Shifts];
        var wishes = new CpSum();
        for (var person = 0; person < People; person++)
        {
            for (var day = 0; day < Days; day++)
            {
                for (var shift = 0; shift < Shifts; shift++) works[person, day, shift] = model.NewBool();
                model.AddAtMostOne(works[person, day, 0], works[person, day, 1], works[person, day, 2]);
                if (random.Next(10) == 0) model.AddAll(!works[person, day, 0], !works[person, day, 1], !works[person, day, 2]);
                if (random.Next(3) == 0) wishes.Add(works[person, day, random.Next(Shifts)], random.Next(2) == 0 ? random.Next(1, 10) : -random.Next(1, 10));
                if (day == 0) continue;
                foreach (var (before, after) in (ReadOnlySpan<(int, int)>)[(1, 0), (2, 0), (2, 1)])
                    model.AddAtLeastOne(!works[person, day - 1, before], !works[person, day, after]);
            }

            for (var start = 0; start + 7 <= Days; start++)
            {
                var week = new CpSum();
                for (var day = start; day < start + 7; day++)
                {
                    for (var shift = 0; shift < Shifts; shift++) week.Add(works[person, day, shift]);
                }

                model.AddAtMost(week, 5);
            }
        }

        for (var day = 0; day < Days; day++)
        {
            for (var shift = 0; shift < Shifts; shift++)
            {
                var cover = new CpSum();
                for (var person = 0; person < People; person++) cover.Add(works[person, day, shift]);
                // A person works five days of seven: People * 5 / 7 a day is what there is.
                model.AddLinear(cover, IsShort ? People / 4 + 1 : People / 6, People / 3);
            }
        }

        model.Maximize(wishes);
        return model;
    }
}
