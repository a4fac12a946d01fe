using System.Reflection;
using Reasoner.Testing;

namespace Reasoner.Storage.Tests;

public class PublicApiTests
{
    [Fact]
    public void Public_api_is_as_approved() => PublicApi.Verify(Assembly.Load("Reasoner.Storage"));
}
