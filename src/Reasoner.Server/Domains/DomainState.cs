using System.Text.Json.Serialization;

namespace Reasoner.Server;

/// <summary>How far a domain is loaded.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DomainState>))]
internal enum DomainState
{
    /// <summary>Nobody asked for it yet.</summary>
    [JsonStringEnumMemberName("not-loaded")]
    NotLoaded,

    /// <summary>It is on its way.</summary>
    [JsonStringEnumMemberName("loading")]
    Loading,

    /// <summary>It decides.</summary>
    [JsonStringEnumMemberName("loaded")]
    Loaded,

    /// <summary>It has errors.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
