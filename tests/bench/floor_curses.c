/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The floor: a full screen and a highlight bar that moves, drawn in the plainest way (every row
 * at every key). What ncurses itself costs.
 */
#include <curses.h>
#include <locale.h>

static void draw(int selected)
{
    for (int row = 0; row < LINES; row++) {
        if (row == selected)
            attron(A_REVERSE);
        mvhline(row, 0, ' ', COLS);
        mvprintw(row, 2, "Käyttöönotto rivi %02d: täytä tiedot ja siirry eteenpäin", row);
        if (row == selected)
            attroff(A_REVERSE);
    }
    refresh();
}

int main(void)
{
    int selected = 2, key;
    setlocale(LC_ALL, "");
    initscr();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    curs_set(0);
    do {
        draw(selected);
        key = getch();
        if (key == KEY_DOWN)
            selected = (selected + 1) % LINES;
        else if (key == KEY_UP)
            selected = (selected + LINES - 1) % LINES;
    } while (key != 'q' && key != ERR);
    endwin();
    return 0;
}
