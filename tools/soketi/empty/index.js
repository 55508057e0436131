// Stands in for back ends that soketi only touches when configured (see ../package.json).
module.exports = {};
