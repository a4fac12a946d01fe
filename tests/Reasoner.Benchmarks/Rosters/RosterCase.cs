using System.Text.Json.Nodes;

namespace Reasoner.Benchmarks;

/// <summary>An instance of fourteen days as a case of the rostering domain.</summary>
internal static class RosterCase
{
    /// <summary>The case as JSON.</summary>
    public static JsonObject Of(RosterInstance instance, string id) => new()
    {
        ["@id"] = id,
        ["@type"] = "Roster",
        ["ward"] = "Generated ward",
        ["cover"] = new JsonArray([.. instance.Cover.Select(cover => CoverOf(instance, cover))]),
        ["nurses"] = new JsonArray([.. instance.Nurses.Select((nurse, number) => NurseOf(instance, nurse, number))]),
    };

    private static JsonObject CoverOf(RosterInstance instance, RosterCover cover)
    {
        var needs = new JsonArray();
        if (cover.FewestRegistered > 0) needs.Add(new JsonObject { ["skill"] = "Registered", ["fewest"] = cover.FewestRegistered });
        if (cover.FewestInCharge > 0) needs.Add(new JsonObject { ["skill"] = "InCharge", ["fewest"] = cover.FewestInCharge });
        return new JsonObject
        {
            ["shift"] = instance.Shifts[cover.Shift].Name,
            ["day"] = new JsonArray(PastRosters.DayName(cover.Day)),
            ["fewest"] = cover.Fewest,
            ["most"] = cover.Most,
            ["needs"] = needs,
        };
    }

    private static JsonObject NurseOf(RosterInstance instance, RosterNurse nurse, int number)
    {
        var competences = new JsonArray();
        if (nurse.MayWorkNights) competences.Add("NightCompetence");
        if (nurse.MayBeInCharge) competences.Add("InCharge");
        var node = new JsonObject
        {
            ["@id"] = $"nurse-{number + 1}",
            ["@type"] = "Nurse",
            ["name"] = nurse.Name,
            ["grade"] = nurse.Grade,
            ["contractShare"] = nurse.ContractShare,
            ["experienceYears"] = nurse.ExperienceYears,
            ["tendency"] = nurse.Tendency,
            ["competences"] = competences,
            ["lastShift"] = PastRosters.ShiftName(instance, nurse.LastShift),
            ["runBefore"] = nurse.RunBefore,
            ["weekendsBefore"] = nurse.WeekendsBefore,
        };
        if (nurse.IsExemptFromNights) node["exemptFrom"] = new JsonArray("Night");
        if (nurse.FreeWeekday >= 0) node["freeWeekdays"] = new JsonArray(PastRosters.Weekday(nurse.FreeWeekday));
        if (nurse.Mentor >= 0) node["mentor"] = $"nurse-{nurse.Mentor + 1}";
        var days = Enumerable.Range(0, instance.Days).ToList();
        if (nurse.Leave.Contains(true))
        {
            node["leave"] = new JsonArray(new JsonObject
            {
                ["kind"] = "AnnualLeave",
                ["day"] = new JsonArray([.. days.Where(day => nurse.Leave[day]).Select(day => (JsonNode)PastRosters.DayName(day))]),
            });
        }

        node["wishes"] = new JsonArray([.. days.Where(day => nurse.Wish[day] >= 0).Select(day => (JsonNode)new JsonObject
        {
            ["day"] = new JsonArray(PastRosters.DayName(day)),
            ["wished"] = PastRosters.ShiftName(instance, nurse.Wish[day]),
            ["strength"] = nurse.IsStrongWish[day] ? "Strong" : "Mild",
        })]);
        return node;
    }
}
