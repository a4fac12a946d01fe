namespace Reasoner.Benchmarks;

/// <summary>Wards, their nurses and what happens to them: instances of any size, and one period of a ward after the other.</summary>
internal sealed class RosterGenerator
{
    private const int Off = 3;
    private const int Fortnight = 14;

    private static readonly string[] _given =
    [
        "Anna", "Mehmet", "Grace", "Jonas", "Priya", "Mateusz", "Leila", "Sofia", "Thu Ha", "David", "Ama", "Ines", "Yuki", "Olena", "Carlos", "Fatima",
        "Pieter", "Chiara", "Emeka", "Sanne", "Ivan", "Noor", "Elif", "Tomas", "Aiko", "Lucia", "Omar", "Freya", "Kofi", "Marta",
    ];

    private static readonly string[] _family =
    [
        "Berg", "Yilmaz", "Okafor", "Lindqvist", "Nair", "Kowalski", "Haddad", "Rossi", "Nguyen", "Cohen", "Mensah", "Duarte", "Tanaka", "Shevchenko",
        "Garcia", "El Amrani", "de Vries", "Bianchi", "Adeyemi", "Bakker", "Petrov", "Rahman", "Demir", "Novak", "Sato", "Silva", "Hassan", "Nielsen",
        "Boateng", "Zielinska",
    ];

    private readonly RosterRandom _random;
    private readonly int _days;
    private readonly List<RosterNurse> _nurses = [];
    private int _hired;

    /// <summary>Hires a ward.</summary>
    /// <param name="nurses">How many nurses, trainees among them.</param>
    /// <param name="days">How many days a period has: whole weeks.</param>
    /// <param name="seed">The same seed makes the same ward.</param>
    public RosterGenerator(int nurses, int days, int seed)
    {
        if (days % 7 != 0 || days < 7) throw new ArgumentOutOfRangeException(nameof(days), "A period has whole weeks.");
        ArgumentOutOfRangeException.ThrowIfLessThan(nurses, 8);
        _days = days;
        _random = new RosterRandom((ulong)seed);
        for (var number = 0; number < nurses; number++) _nurses.Add(Hire(number, nurses));
    }

    /// <summary>
    /// A ward's next period. Its cover is never above what a roster made by hand gave, so there is a roster that meets all but,
    /// in a bad period, the least hours of a contract; those are met too where <paramref name="isTight"/> is false.
    /// </summary>
    /// <param name="nurses">How many nurses.</param>
    /// <param name="days">How many days: whole weeks.</param>
    /// <param name="seed">The same seed makes the same instance.</param>
    /// <param name="isTight">Whether the cover is as high as the roster made by hand allows.</param>
    public static RosterInstance Instance(int nurses, int days, int seed, bool isTight = true)
    {
        for (var attempt = 0; ; attempt++)
        {
            var generator = new RosterGenerator(nurses, days, seed + (attempt * 1_000_003));
            var instance = generator.NextPeriod();
            var roster = new RosterHeuristic(instance, generator._random).Make();
            instance = instance with { Cover = [.. instance.Cover.Select(cover => Within(cover, roster, isTight ? 0 : 1))] };
            var isFeasible = Enumerable.Range(0, nurses).All(nurse => roster.Minutes(nurse) >= instance.Nurses[nurse].LeastMinutes(days));
            if (isFeasible) return instance;
            if (attempt == 200) throw new InvalidOperationException($"No ward of {nurses} nurses and {days} days was found whose contracts can be met.");
        }
    }

    /// <summary>So many periods of the ward, one after the other, each with the roster that was made of it.</summary>
    public IEnumerable<(RosterInstance Instance, WardRoster Roster)> Past(int periods)
    {
        for (var period = 0; period < periods; period++)
        {
            var instance = NextPeriod();
            var roster = new RosterHeuristic(instance, _random).Make();
            yield return (instance, roster);
            for (var nurse = 0; nurse < _nurses.Count; nurse++)
            {
                // Now and then somebody leaves and somebody else comes.
                _nurses[nurse] = _random.Chance(0.03) && !_nurses[nurse].IsTrainee ? Hire(nurse, _nurses.Count) : _nurses[nurse] with
                {
                    LastShift = roster[nurse, _days - 1],
                    RunBefore = roster.RunAtEnd(nurse),
                    WeekendsBefore = roster.Weekends(nurse),
                    ExperienceYears = _nurses[nurse].ExperienceYears + (period % 26 == 25 ? 1 : 0),
                };
            }
        }
    }

    private static RosterCover Within(RosterCover cover, WardRoster roster, int slack)
    {
        var staff = roster.Staff(cover.Day, cover.Shift);
        return cover with
        {
            Fewest = Math.Max(0, Math.Min(cover.Fewest, staff - slack)),
            Most = Math.Max(cover.Most, staff),
            FewestRegistered = Math.Min(cover.FewestRegistered, roster.Registered(cover.Day, cover.Shift)),
            FewestInCharge = Math.Min(cover.FewestInCharge, roster.InCharge(cover.Day, cover.Shift)),
        };
    }

    /// <summary>The cover that so many nurses can give: of their shifts about two fifths early, a third late, a fifth at night.</summary>
    private List<RosterCover> Cover()
    {
        // Shifts that the contracts give on a day, less what leave takes; a weekend day has two thirds of a workday's.
        var shifts = _nurses.Where(nurse => !nurse.IsTrainee).Sum(nurse => nurse.ContractShare) / 100.0 * 10 / 14 * 0.92;
        var workday = shifts * 14 / (10 + (4 * 0.66));
        var cover = new List<RosterCover>();
        for (var day = 0; day < _days; day++)
        {
            var total = RosterInstance.IsWeekend(day) ? workday * 0.66 : workday;
            cover.Add(Of(day, 0, total * 0.45, RosterInstance.IsWeekend(day) ? 0 : 1));
            cover.Add(Of(day, 1, total * 0.35, RosterInstance.IsWeekend(day) ? 0 : 1));
            cover.Add(Of(day, 2, total * 0.20, 0));
        }

        return cover;

        static RosterCover Of(int day, int shift, double people, int inCharge)
        {
            var fewest = Math.Max(1, (int)Math.Floor(people));
            return new RosterCover(day, shift, fewest, fewest + Math.Max(1, fewest / 3), Math.Max(1, fewest / 2), inCharge);
        }
    }

    /// <summary>Leave and wishes of a new period for who is on the ward.</summary>
    private RosterInstance NextPeriod()
    {
        for (var nurse = 0; nurse < _nurses.Count; nurse++)
        {
            var person = _nurses[nurse];
            var leave = new bool[_days];
            if (_random.Chance(0.18)) Take(leave, 7 * _random.Below(_days / 7), 5 + (_random.Chance(0.3) ? 2 : 0));
            else if (_random.Chance(0.2)) Take(leave, _random.Below(_days), 1 + _random.Below(3));
            var wish = Enumerable.Repeat(-1, _days).ToArray();
            var strong = new bool[_days];
            for (var wishes = _random.Below(5); wishes > 0; wishes--)
            {
                // Free days are wished for most, and weekends more than other days.
                var day = _random.Chance(0.4) ? (7 * _random.Below(_days / 7)) + 5 + _random.Below(2) : _random.Below(_days);
                if (leave[day]) continue;
                wish[day] = _random.Choose((Off, 0.65), (Liked(person), 0.2), (0, 0.08), (1, 0.07));
                strong[day] = _random.Chance(wish[day] == Off ? 0.5 : 0.25);
            }

            _nurses[nurse] = person with { Leave = leave, Wish = wish, IsStrongWish = strong };
        }

        return new RosterInstance(_days, RosterInstance.WardShifts, [.. _nurses], Cover());

        static void Take(bool[] leave, int first, int days)
        {
            for (var day = first; day < Math.Min(leave.Length, first + days); day++) leave[day] = true;
        }

        static int Liked(RosterNurse nurse) => nurse.Tendency switch
        {
            "LikesEarly" => 0,
            "LikesLate" => 1,
            "LikesNight" when nurse.HasNights => 2,
            _ => 0,
        };
    }

    /// <summary>Somebody new for a place on the ward: every fourth may be in charge, one of twelve is a trainee.</summary>
    private RosterNurse Hire(int number, int nurses)
    {
        var isTrainee = number % 12 == 11;
        var grade = isTrainee ? "Trainee" : number % 6 == 0 ? "ChargeNurse" : number % 8 == 7 ? "Assistant" : "RegisteredNurse";
        var experience = isTrainee ? 0 : grade is "ChargeNurse" ? 8 + _random.Below(22) : 1 + _random.Below(25);
        var share = isTrainee ? 60 : grade is "ChargeNurse" ? 100 : _random.Choose((100, 0.55), (75, 0.2), (80, 0.05), (50, 0.2));
        var mayWorkNights = grade is "ChargeNurse" or "RegisteredNurse" && experience >= 2 && (number % 3 != 2 || _random.Chance(0.5));
        var tendency = mayWorkNights
            ? _random.Choose(("LikesEarly", 0.22), ("LikesLate", 0.18), ("LikesNight", 0.22), ("NoNights", 0.16), ("Open", 0.22))
            : _random.Choose(("LikesEarly", 0.35), ("LikesLate", 0.3), ("Open", 0.35));
        var name = $"{_given[_hired % _given.Length]} {_family[(_hired + (7 * (_hired / _given.Length))) % _family.Length]}";
        _hired++;
        return new RosterNurse
        {
            Name = name,
            Grade = grade,
            ContractShare = share,
            ExperienceYears = experience,
            Tendency = tendency,
            MayWorkNights = mayWorkNights,
            IsExemptFromNights = mayWorkNights && _random.Chance(0.06),
            MayBeInCharge = grade is "RegisteredNurse" && (number % 4 == 1 || experience >= 12),
            FreeWeekday = share < 100 && !isTrainee && _random.Chance(0.35) ? _random.Below(5) : -1,
            Mentor = isTrainee ? number - 10 : -1,
            Leave = new bool[_days],
            Wish = Enumerable.Repeat(-1, _days).ToArray(),
            IsStrongWish = new bool[_days],
            LastShift = Off,
            RunBefore = 0,
            WeekendsBefore = _random.Below(2),
            Sex = _random.Choose(("Female", 0.78), ("Male", 0.2), ("Diverse", 0.02)),
            BirthYear = 2004 - experience - _random.Below(12),
        };
    }
}
