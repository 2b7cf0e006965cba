// SPDX-License-Identifier: GPL-2.0
/*
 * An I2C bus of registers for the tests' guest, described in its device tree: what the kernel's i2c-stub is not, a bus of plain transfers whose chips
 * may have interrupts and words for registers. The file "registers" of the device is 512 bytes for each of 128 addresses; "plugged" a byte for each:
 * 0 nobody answers, 1 a chip with registers of a byte, 2 with words (low byte first).
 */
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>

#define CHIPS 128
#define ROOM 512

struct field_chips {
	struct i2c_adapter adapter;
	struct mutex lock;
	u8 plugged[CHIPS];
	u16 at[CHIPS];
	u8 registers[CHIPS][ROOM];
};

static int field_chips_xfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	struct field_chips *chips = i2c_get_adapdata(adapter);
	int i, j, result = count;

	mutex_lock(&chips->lock);
	for (i = 0; i < count; i++) {
		struct i2c_msg *m = &messages[i];
		u8 width = m->addr < CHIPS ? chips->plugged[m->addr] : 0;

		if (!width) {
			/* What a Pi's controller says when nobody answers. */
			result = -EREMOTEIO;
			break;
		}
		for (j = 0; j < m->len; j++) {
			u16 *at = &chips->at[m->addr];

			if (!(m->flags & I2C_M_RD) && j == 0) {
				*at = m->buf[0] * width;
				continue;
			}
			if (m->flags & I2C_M_RD)
				m->buf[j] = chips->registers[m->addr][*at];
			else
				chips->registers[m->addr][*at] = m->buf[j];
			*at = (*at + 1) % ROOM;
		}
		/* A chip that is read without being told where says the same again. */
		if (m->flags & I2C_M_RD)
			chips->at[m->addr] = (chips->at[m->addr] + ROOM - m->len % ROOM) % ROOM;
	}
	mutex_unlock(&chips->lock);
	return result;
}

static u32 field_chips_functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm field_chips_algorithm = {
	.master_xfer = field_chips_xfer,
	.functionality = field_chips_functionality,
};

static ssize_t field_chips_copy(struct kobject *kobject, void *to, const void *from, size_t count)
{
	struct field_chips *chips = dev_get_drvdata(kobj_to_dev(kobject));

	mutex_lock(&chips->lock);
	memcpy(to, from, count);
	mutex_unlock(&chips->lock);
	return count;
}

static u8 *field_chips_room(struct kobject *kobject, struct bin_attribute *attribute)
{
	struct field_chips *chips = dev_get_drvdata(kobj_to_dev(kobject));

	return attribute->size == CHIPS ? chips->plugged : &chips->registers[0][0];
}

static ssize_t field_chips_read(struct file *file, struct kobject *kobject, struct bin_attribute *attribute, char *bytes, loff_t offset, size_t count)
{
	return field_chips_copy(kobject, bytes, field_chips_room(kobject, attribute) + offset, count);
}

static ssize_t field_chips_write(struct file *file, struct kobject *kobject, struct bin_attribute *attribute, char *bytes, loff_t offset, size_t count)
{
	return field_chips_copy(kobject, field_chips_room(kobject, attribute) + offset, bytes, count);
}

static struct bin_attribute field_chips_registers = __BIN_ATTR(registers, 0600, field_chips_read, field_chips_write, CHIPS * ROOM);
static struct bin_attribute field_chips_plugged = __BIN_ATTR(plugged, 0600, field_chips_read, field_chips_write, CHIPS);

static int field_chips_probe(struct platform_device *device)
{
	struct field_chips *chips = devm_kzalloc(&device->dev, sizeof(*chips), GFP_KERNEL);
	int result;

	if (!chips)
		return -ENOMEM;
	mutex_init(&chips->lock);
	platform_set_drvdata(device, chips);
	result = sysfs_create_bin_file(&device->dev.kobj, &field_chips_registers);
	if (!result)
		result = sysfs_create_bin_file(&device->dev.kobj, &field_chips_plugged);
	if (result)
		return result;
	strscpy(chips->adapter.name, "field-chips", sizeof(chips->adapter.name));
	chips->adapter.owner = THIS_MODULE;
	chips->adapter.algo = &field_chips_algorithm;
	chips->adapter.dev.parent = &device->dev;
	chips->adapter.dev.of_node = device->dev.of_node;
	i2c_set_adapdata(&chips->adapter, chips);
	return devm_i2c_add_adapter(&device->dev, &chips->adapter);
}

static const struct of_device_id field_chips_of_match[] = {
	{ .compatible = "field,chips" },
	{}
};
MODULE_DEVICE_TABLE(of, field_chips_of_match);

static struct platform_driver field_chips_driver = {
	.driver = { .name = "field-chips", .of_match_table = field_chips_of_match, .suppress_bind_attrs = true },
	.probe = field_chips_probe,
};
module_platform_driver(field_chips_driver);

MODULE_DESCRIPTION("I2C chips of registers, for tests");
MODULE_LICENSE("GPL");
