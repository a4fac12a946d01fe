namespace Reasoner.Storage.Tests;

public class BoundedMapTests
{
    [Fact]
    public void The_oldest_make_room_for_more_than_fit_by_count()
    {
        var map = new BoundedMap<int>(maxCount: 3, maxBytes: 1_000);
        for (var i = 0; i < 10; i++) map.Add($"{i}", i, 1);
        Assert.Equal(["7", "8", "9"], Enumerable.Range(0, 10).Select(i => $"{i}").Where(key => map.TryGet(key, out _)));
    }

    [Fact]
    public void The_oldest_make_room_for_more_than_fit_by_size()
    {
        var map = new BoundedMap<int>(maxCount: 100, maxBytes: 100);
        map.Add("a", 1, 60);
        map.Add("b", 2, 40);
        Assert.True(map.TryGet("a", out _));
        map.Add("c", 3, 1);
        Assert.False(map.TryGet("a", out _));
        Assert.True(map.TryGet("b", out _));
        map.Add("huge", 4, 1_000);
        Assert.False(map.TryGet("c", out _));
        Assert.True(map.TryGet("huge", out var value));
        Assert.Equal(4, value);
    }
}
