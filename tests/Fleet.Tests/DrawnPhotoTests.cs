using ThreeOneOne.Field.Fleet.Crews;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class DrawnPhotoTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_crews_photo_is_a_picture_of_a_photos_size_and_the_same_for_one_seed(bool lamp)
    {
        var png = DrawnPhoto.Png(lamp, new Random(311));
        Assert.True(AttachmentType.Matches(AttachmentType.Png, png));
        Assert.InRange(png.Length, 100_000, 600_000);
        Assert.Equal(png, DrawnPhoto.Png(lamp, new Random(311)));
        Assert.NotEqual(png, DrawnPhoto.Png(lamp, new Random(312)));
    }
}
